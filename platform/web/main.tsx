/** Puts the page up, and keeps it for the time when there is no server. */
import '@fontsource-variable/noto-sans/wght.css'
// First: it names the layers in their order.
import './style.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

createRoot(document.getElementById('app')!).render(<App />)
if ('serviceWorker' in navigator && import.meta.env.PROD) {
  addEventListener('load', () => void navigator.serviceWorker.register('sw.js'))
}
