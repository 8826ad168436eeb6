/** Languages and texts in them. */

/** A text for people, by language. English is always there; others where somebody has written them. */
export type Text = { readonly en: string } & { readonly [language: string]: string }

/** The text in `language`, or in English where there is none. */
export function textIn(text: Text, language: string): string {
  return text[language] ?? text.en
}
