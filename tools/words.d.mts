export function hardCoded(file: string, code: string): string[]
export function examineWords(): string[]
