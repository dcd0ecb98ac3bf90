/** What the forms of `menu` and `question` share. */
export { Choices } from './Choices.tsx'
