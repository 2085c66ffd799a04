/**
 * Names that people use for one another: short forms and spellings, one group a line, ASCII, lower case. We wrote the list
 * ourselves. A name may be in several groups (alex). Names that differ in person rather than spelling (Anna and Anne, Jane
 * and Joan, Maria and Mario) are kept apart on purpose: grading against the directory decides about them.
 */
const lines = `
abigail abby abbie gail
abdul abdel abd
abraham abram abe
adelaide addie adele
adrian adrien ade
agnes aggie nessie
ahmed ahmad ahmet achmed
albert al bert bertie
alexander alex alec sandy sasha xander alexandre aleksander alexandr aleksandr alejandro sascha
alexandra alex sandra sandy sasha aleksandra alexandria lexi alejandra
alfred al alf alfie fred freddie
ali aly
alice alicia ally allie
alison allison ally ali
amanda mandy
amelia amy millie
andrew andy drew andreas andre andrei andrej
andrea andi
angela angie angelika
anthony antony tony anton antonio
antoinette toni nettie
arthur art artie
augustus august gus
barbara barb babs barbie barbra
bartholomew bart barty
beatrice bea trixie beatrix
benedict ben benny benedikt
benjamin ben benny benji
bernard bernie bernhard bernd
bridget bridie biddy brigitte gitta birgit
bradley brad
brenda bren
bryan brian
caroline carrie caro carolyn karoline
calvin cal
cameron cam
catherine kathryn katherine cathy kathy kate katie cat kat kit kitty katharine catharine katharina cathryn katarina kathrin
cecilia cecily cissy celia
charles charlie chuck chas karl carl carlos
charlotte lottie charlie lotte
christian chris kristian
christine chris chrissy tina christina kristina kristin christiane kirsten kirstin
christopher chris kit topher christoph kristof christophe
clara clare claire klara
claudia claudi klaudia
clifford cliff
constance connie
cornelius neil con
cynthia cindy
daniel dan danny dani
daniela dani danni daniella danielle
david dave davy davide
deborah deb debbie debra
dennis denny denis
derek derrick rick
dmitri dmitry dimitri dima dmitrij
dominic dom nick dominik dominique
donald don donny
dorothy dot dotty dolly dorothea dora
douglas doug
edmund ed eddie ned ted
edward ed eddie ned ted teddy eduard eduardo edouard
edwin ed eddie
eleanor ellie nell nora elinor eleonore lenore
elizabeth liz beth betty eliza lizzie lisa elisabeth elisabet libby bess betsy lilibet elise
emanuel manny emmanuel manuel
emily em emmy emilie emilia
ernest ernie ernst
eric erik erick
ethel effie
eugene gene
evelyn evie eve
ferdinand ferdi nando fernando
florence flo flossie
frances fran fanny francesca franziska franzi
francis frank fran frankie francois francisco franz paco
franklin frank frankie
frederick fred freddie friedrich frederic fritz frederik fredrik fryderyk
gabriel gabe
gabriele gabi gabriella gabrielle gaby
geoffrey geoff jeff jeffrey
george georgie georg jorge georges jurgen jorg
gerald gerry jerry
gerard gerry gerhard gerd
gertrude trudy gertie gertrud
gilbert gil bert
giovanni gianni
grace gracie
graham graeme grahame
gregory greg gregor
guillermo memo
gwendolyn gwen wendy
hannah hanna hannie
harold harry hal
harriet hattie harriett
hasan hassan
heinrich heinz heiner henrik
helen nell nellie helene helena lena elena ellen
henry harry hank hal henri enrique
herbert herb bert bertie
hermann herman
howard howie
hussein hussain husein hossein
hugh hugo huw
ignatius iggy nacho ignacio
ilse ilsa
irene rena irena
isaac ike izaak
isabella isabel bella izzy isabelle isobel ysabel
ivan iwan
jacob jake jakob jacky
jacqueline jackie jacqui
james jim jimmy jamie jem
janet jan
jane janie
jason jay
jennifer jen jenny jenifer
jeremiah jerry jeremy
jerome jerry
jessica jess jessie
joachim achim jochen joaquin
joan joanie
joanna jo joanne johanna
johannes hannes johann hans
john johnny jack jon johnnie
jonathan jon jonny jonathon johnathan
joseph joe joey jo josef jose pepe sepp yusuf youssef yousef
josephine jo josie josefine
joshua josh
joyce joy
judith judy jude
julia julie jules
julian jules julien
justin jus
kenneth ken kenny
kimberly kim kimberley
laurence larry lawrence laurie lorenz lars
leonard len lenny leo leonhard
leopold leo poldi
leslie les lesley
lewis lew louis luis ludwig louie lou
lillian lily lil lilian
linda lindy lynda
louise lou lulu luise luisa
lucas luke lukas lukasz luca luc
lucy lucie lucia
madeleine maddie madeline magdalena lena
malcolm mal
marcus mark marc markus marco marek
margaret maggie peggy meg greta margie madge margret margarete margarethe marge rita margarita marguerite margot gretchen
maria marie mary
marilyn lyn
marion marian marianne
martha marty marta
martin marty
martina tina
mathilda tilly matilda mathilde
matthew matt matty matthias mathias matteo mathew
maureen mo
maurice moritz morris mo
maximilian max maxi
maxwell max
melanie mel
melissa mel lissa missy
michael mike mick micky mikey mickey michel michal mikael miguel michele mikhail
michelle shelly
mildred millie
mohammed muhammad mohamed mohammad mehmet muhammed mohamad mo
monica monika
nancy nan
natalie nat natalia nathalie natasha
nathaniel nat nate nathan nathanael
nicholas nick nicky nico nicolas nikolas klaus nikolaus nikolai niklas
nicole nicky nikki nicola nicolette
norbert bert
norman norm
oliver ollie olli olivier
olivia liv livvy
oscar oskar
pamela pam
patricia pat patty trish tricia patrizia
patrick pat paddy rick patrik
paul pauly paulo pablo pawel pavel
paula pauline
peter pete petra pedro piotr pyotr pierre
philip phil pip phillip philipp felipe philippe
priscilla cilla
rachel rae rachael
ralph ralf rolf
raymond ray
rebecca becky becca rebekka rebekah
reginald reg reggie
renate rena
richard rick dick rich richie ricky ricardo
robert rob bob bobby robbie bert roberto rupert
roderick rod rory roddy
rodney rod
roger rog rudiger
roland rolly rollo
ronald ron ronny
rosemary rose rosie romy
rudolf rudi rudolph rudy
russell russ
samantha sam sammy
samuel sam sammy
sarah sara sally
sean shaun shawn
sebastian seb bastian basti sebastien
sergei sergey serge sergej
sidney sid syd sydney
sigrid siri
simon si simeon
sofia sophie sophia sofie zofia
solomon sol suleiman suleyman
stanley stan
stephanie steph steffi stefanie stefania
stephen steve steven stefan stephan stevie esteban szczepan
stuart stewart stu
susan sue suzie susie suzanne susanne suzan susanna zuzanna
sylvia silvia sylvie
tamara tammy tamsin
terence terry terrance
theodore ted teddy theo theodor
theresa terry tess tessa teresa therese resi
thomas tom tommy tomas tomasz
timothy tim timmy timo
tobias toby tobi
ulrich uli ully
ulrike uli ulla
ursula ulla uschi
valentina val tina
valerie val
vanessa nessa
veronica ronnie vera veronika roni
victor vic viktor
victoria vicky vicki tori viktoria
vincent vince vinny vincenz vicente
virginia ginny
vladimir vova wladimir vlad
walter walt wally
wilhelmina mina minna wilma
william will bill billy willy liam wilhelm willi guillaume
winifred winnie freda
wolfgang wolf
xavier javier
yasmin jasmin jasmine yasmine
yvonne evonne
zachary zach zack zachariah
`

/** Groups of names, each a list of ASCII lower-case words. */
export const nicknameGroups: readonly (readonly string[])[] = lines
  .trim()
  .split('\n')
  .map((line) => line.split(' '))
