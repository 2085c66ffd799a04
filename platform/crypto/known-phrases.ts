/**
 * Phrases that everybody knows: sayings, first lines, titles, the usual examples of a strong password, and sentences about passwords.
 * A list of breached passwords has few of these, since most of them are longer than what people were once allowed to choose.
 */
const phrases = [
  // English
  'correct horse battery staple',
  'to be or not to be',
  'to be or not to be that is the question',
  'the quick brown fox jumps over the lazy dog',
  'once upon a time in a land far away',
  'it was a dark and stormy night',
  'all your base are belong to us',
  'may the force be with you',
  'the lord of the rings',
  'game of thrones',
  'harry potter and the philosophers stone',
  'winter is coming',
  'live long and prosper',
  'i will be back',
  'hasta la vista baby',
  'houston we have a problem',
  'elementary my dear watson',
  'i think therefore i am',
  'knowledge is power',
  'practice makes perfect',
  'better late than never',
  'actions speak louder than words',
  'an apple a day keeps the doctor away',
  'all that glitters is not gold',
  'the early bird catches the worm',
  'where there is a will there is a way',
  'home sweet home',
  'happy birthday to you',
  'merry christmas and a happy new year',
  'twinkle twinkle little star',
  'mary had a little lamb',
  'row row row your boat',
  'the answer is forty two',
  'i love you forever',
  'i love you so much',
  'i hate passwords',
  'i hate my job',
  'this is my password',
  'this is a secure password',
  'my password is secret',
  'my secret password',
  'my new password',
  'please let me in',
  'let me in please',
  'change me please',
  'do not tell anyone',
  'keep calm and carry on',
  'god bless america',
  'make america great again',
  'in the beginning was the word',
  'our father who art in heaven',
  'the lord is my shepherd',
  'never gonna give you up',
  'we will rock you',
  'we are the champions',
  'stairway to heaven',
  'bohemian rhapsody',
  'yesterday all my troubles seemed so far away',
  'welcome to the jungle',
  'lorem ipsum dolor sit amet',
  // German
  'sein oder nicht sein',
  'das ist mein passwort',
  'mein passwort ist geheim',
  'mein passwort ist sicher',
  'mein neues passwort',
  'ich hasse passwoerter',
  'ich habe mein passwort vergessen',
  'ich liebe dich',
  'ich liebe meine frau',
  'ich liebe meinen mann',
  'ich liebe meine kinder',
  'bitte aendern',
  'bitte passwort aendern',
  'es war einmal',
  'wer wird millionaer',
  'franz jagt im komplett verwahrlosten taxi quer durch bayern',
  'alles gute zum geburtstag',
  'frohe weihnachten und ein gutes neues jahr',
  'stille nacht heilige nacht',
  'alle meine entchen',
  'morgenstund hat gold im mund',
  'uebung macht den meister',
  'aller anfang ist schwer',
  'der frueh vogel faengt den wurm',
  'herr der ringe',
  'atemlos durch die nacht',
  'vater unser im himmel',
  'einigkeit und recht und freiheit',
  // French
  'etre ou ne pas etre',
  'mon mot de passe',
  'mon mot de passe secret',
  'ceci est mon mot de passe',
  'je pense donc je suis',
  'je t aime',
  'je t aime pour toujours',
  'il etait une fois',
  'joyeux anniversaire',
  'joyeux noel et bonne annee',
  'liberte egalite fraternite',
  'frere jacques dormez vous',
  'allons enfants de la patrie',
  'portez ce vieux whisky au juge blond qui fume',
  // Spanish
  'ser o no ser',
  'mi contrasena secreta',
  'esta es mi contrasena',
  'te quiero mucho',
  'te amo para siempre',
  'feliz cumpleanos',
  'feliz navidad y prospero ano nuevo',
  'en un lugar de la mancha',
  'pienso luego existo',
  'mi casa es tu casa',
  // Portuguese
  'ser ou nao ser',
  'minha senha secreta',
  'esta e a minha senha',
  'eu te amo',
  'eu te amo para sempre',
  'feliz aniversario',
  'feliz natal e prospero ano novo',
  'penso logo existo',
  'era uma vez',
  // Japanese, as it is typed
  'iroha nihoheto chirinuruwo',
  'wagahai wa neko de aru',
  'watashi no pasuwaado',
  'akemashite omedetou gozaimasu',
  'otanjoubi omedetou',
  'aishiteru',
  'いろはにほへとちりぬるを',
  '吾輩は猫である',
  '私のパスワード',
  // Arabic
  'بسم الله الرحمن الرحيم',
  'الحمد لله رب العالمين',
  'كلمة المرور الخاصة بي',
  'ان شاء الله',
  'bismillah al rahman al rahim',
] as const

/** Letters alone, without accents: a capital, a digit or a sign between them makes no phrase unknown. */
const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')

/** More letters of one's own than this make another password of a phrase. */
const ownLetters = 5

const known = phrases.map(lettersOf)

/** True if a password is a phrase that everybody knows, whatever digits and signs are in it, and a few letters beside it. */
export const isKnownPhrase = (password: string): boolean => {
  const letters = lettersOf(password)
  return known.some((phrase) => letters.length - phrase.length <= ownLetters && letters.includes(phrase))
}
