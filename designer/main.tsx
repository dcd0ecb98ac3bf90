/** Where the designer starts in the browser. */
import './theme.css'
import './forced-colors.css'
import { createRoot } from 'react-dom/client'
import { App } from './shell/App.tsx'

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
