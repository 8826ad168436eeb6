export function chromiumPath(): Promise<string>
export function ensureBrowser(): Promise<void>
