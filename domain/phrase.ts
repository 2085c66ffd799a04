/**
 * The two-word phrase that agent and participant both see for one case, so that each can tell that the other sees the same one
 * (B11). It is no secret and proves nothing by itself.
 */

/** Words are few, short and far from each other (three edits at least), so that they survive a bad line. */
const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/)

const firstWords = wordsOf(`
  agile alpine amber ancient arctic autumn balanced bamboo basic blue bold brass bright bronze calm candid
  canvas cedar central cheerful civic classic clever cobalt copper cosmic cosy cotton crimson crystal
  curious daily desert digital distant dusty dynamic eager eastern electric elegant emerald famous fancy
  fearless festive fluent forest formal fragrant friendly frosty generous gentle giant ginger global
  golden graceful granite graphic happy harvest hidden humble indigo ivory jolly jumbo keen lavender lemon
  lively lofty lucky lunar magnetic maple mellow merry mighty modern musical mustard narrow noble northern
  olive orange orderly pastel patient playful polar polished prompt proud purple quick radiant rapid ready
  royal rugged rustic saffron scarlet shiny silent silver simple sincere smooth snowy spotted striped
  sturdy summer swift tidy tropical turquoise upbeat urban velvet vintage violet wise
`)

const secondWords = wordsOf(`
  acorn album anchor apple apron badge bakery balloon banana barrel basket beacon bicycle biscuit bottle
  branch butter cabin cactus camera candle carpet cherry chimney circle clock clover coconut compass
  cookie corner cricket cushion daisy dolphin donkey drawer drum eagle engine envelope falcon feather
  fiddle flag flute fountain galaxy garden garlic giraffe glacier goose guitar hammer harbour hazelnut
  hedgehog helmet igloo island jasmine jigsaw kangaroo kitten ladder lantern lizard lobster locket magnet
  mango meadow melody mirror muffin needle notebook nutmeg oasis octopus orchard panda parrot peanut
  pebble pelican pencil penguin piano pillow pineapple postcard pumpkin puzzle quilt rabbit raccoon
  rainbow ribbon river sailor scarf seagull shovel snowman squirrel statue sunset teapot tomato tractor
  treasure trumpet tulip tunnel turtle umbrella unicorn valley vase violin volcano waffle walnut whistle
  window zebra
`)

/** Both lists, for tests of the form of every word. */
export const phraseWords: readonly [readonly string[], readonly string[]] = [firstWords, secondWords]

/**
 * The phrase of a verification: the last fourteen bits of its id, seven for each word. They are random in every kind of
 * id we make. 16,384 phrases, in English for every language, since both sides must say the same.
 * @param verificationId a UUID
 * @throws RangeError when it does not end in four hexadecimal digits
 */
export const phraseOf = (verificationId: string): string => {
  if (!/[0-9a-f]{4}$/i.test(verificationId)) throw new RangeError('A phrase needs the id of a verification.')
  const bits = Number.parseInt(verificationId.slice(-4), 16)
  return `${String(firstWords[(bits >> 7) & 127])} ${String(secondWords[bits & 127])}`
}
