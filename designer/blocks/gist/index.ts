/** Pieces that faces are made of. */
export { BlockTile } from './BlockTile.tsx'
export { directionOf } from './direction.ts'
export { isSettings, readList, readNumber, readString, readText, readWords, saysSomething, strings } from './read.ts'
export { Buttons, Line, Say, Tokens } from './Say.tsx'
export { inWords, pathInWords, piecesOf, tokenName } from './tokens.ts'
