/** How much the compiled tables can hold. */

/** Key classes and skills are bits of a 32-bit word. */
export const MOST_KEYS = 31
export const MOST_SKILLS = 31
export const MOST_SHIFTS = 31
