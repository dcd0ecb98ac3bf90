/** Words that most sentences have and that say little about what is wanted, as `normalise` leaves them: English, German, French, Spanish. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a an the and or but if of to in on at for from with by as is are was were be been am do does did have has had can could will would',
    "i i'm i'd i've me my you your it it's its he she we us our they them this that these those there here what which who how",
    'please hi hello hey thanks thank just so some any not no yes get want need like',
    'der die das den dem des ein eine einen einem einer eines und oder aber wenn von zu zum zur in im am an auf fur mit bei aus als ist',
    'sind war waren sein bin bist hat habe haben kann konnen kannst mochte will wollen ich mich mir mein meine meinen meiner du dich dir',
    'sie ihr ihre ihnen es er wir uns unser man sich was wie wer wo hier da dies diese dieser nicht kein keine ja nein bitte hallo danke',
    'le la les un une des du de et ou mais si au aux en dans sur pour par avec est sont je me mon ma mes tu vous votre il elle nous',
    'ce cette que qui quoi comment pas oui non merci bonjour',
    'el los las uno una unos y o pero del al con sin por para es son soy estoy esta yo mi mis tu su usted que como no si gracias hola',
  ]
    .join(' ')
    .split(' '),
)
