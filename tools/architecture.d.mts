export function violations(file: string, source: string): string[]
export function examineRepository(): string[]
