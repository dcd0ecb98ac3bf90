/** What others may use of signing in. */
export { StartPage } from './StartPage.tsx'
export { WelcomePage } from './WelcomePage.tsx'
