export function generated(): Promise<Map<string, string>>
