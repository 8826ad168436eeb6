/** What the browser calls the page: where one is, then the product. */
import { useEffect } from 'react'

export function useTitle(where: string | undefined): void {
  useEffect(() => {
    if (where !== undefined && where !== '') document.title = `${where} · Aman`
  }, [where])
}
