/** Given and family names of the demo people. Every combination is made up; nobody is meant. */

/** Where a name comes from. */
export type Culture = keyof typeof lists

/** A name as written, and in Latin letters where it is written otherwise. */
export type PersonName = {
  readonly given: string
  readonly family: string
  readonly romanised: string | null
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const lists = {
  english: {
    given:
      words(`Abigail Alfie Amelia Arthur Beatrice Callum Clara Dominic Edith Eliza Felix Florence Gareth Harriet Imogen
      Jasper Joanna Kit Louisa Marcus Martha Nathaniel Olive Oscar Phoebe Ralph Rosalind Rupert Stella Theodore Winifred`),
    family:
      words(`Ashdown Barlow Bexley Cartwright Crossley Dunmore Eastwood Fairburn Garrow Hadley Hawthorne Ingleby Kettering
      Langford Marlowe Netherby Oakham Pemberton Quill Radcliffe Sedgwick Thornbury Underhill Wainwright Whitlock Yardley`),
  },
  american: {
    given:
      words(`Ava Bryce Caleb Dakota Delia Emmett Ezra Faith Grant Hazel Isaiah Jolene Kendra Landon Marisol Naomi Owen
      Paige Quincy Reese Savannah Tobias Tessa Wade Willa Xavier Zane`),
    family:
      words(`Abernathy Beaumont Calloway Delgado Ellery Fontaine Galloway Hargrove Ivers Jessup Kincaid Lockhart Mayfield
      Norwood Ocasio Prescott Quarles Ridley Sandoval Tillman Upshaw Vance Whitaker Yancey`),
  },
  german: {
    given:
      words(`Anneliese Björn Carsten Dörte Elke Florian Gesa Hannes Ilse Jörg Käthe Lennart Maike Niklas Ole Petra Ruben
      Sönke Svenja Thekla Till Ulrike Volker Wiebke Zoë`),
    family:
      words(`Ahlers Brückner Cordes Dreßler Ebeling Fröhlich Großmann Hülsmann Jäger Köster Lüders Möller Nörenberg
      Oltmanns Pützer Quast Röttger Schönfeld Stüber Tönnies Ückert Vogelsang Weiß Zöllner`),
  },
  french: {
    given:
      words(`Aurélie Benoît Céline Damien Élodie Fabien Gaëlle Hervé Inès Jérôme Léa Maëlle Nadège Océane Pascal Quentin
      Rémi Solène Thibault Ursule Valérie Yannick Zélie`),
    family:
      words(`Aubert Béranger Chastain Delacourt Évrard Fournel Gérault Hébrard Isambert Jourdan Lavigne Mézière Noël
      Ozanne Périer Quesnel Rivoire Sauvage Thévenet Vauclin Yvelin`),
  },
  quebecois: {
    given:
      words(`Alexis Bérénice Coralie Dave Étienne Frédérique Gervais Hélène Josiane Karine Laurier Mathilde Normand
      Odile Philémon Raphaëlle Simon Tristan Ulysse Véronique`),
    family:
      words(`Arsenault Beauchemin Charbonneau Desrosiers Filiatrault Gadbois Hétu Jolicœur Laframboise Ménard Ouellet
      Painchaud Robitaille Séguin Thibodeau Vaillancourt`),
  },
  indian: {
    given:
      words(`Aarav Bhavna Chitra Devika Gaurav Harini Ishaan Jyoti Kavya Lakshmi Manish Nandini Pranav Rohan Sanjana Tara
      Uday Varun Yamini`),
    family:
      words(`Acharya Bhattacharya Chaudhary Deshmukh Ganguly Iyengar Kulkarni Mahajan Nambiar Pillai Raghavan Sundaram
      Trivedi Venkatesan Wadhwa`),
  },
  yoruba_igbo: {
    given: words(
      `Adaeze Babajide Chidi Damilola Ebele Folake Ifeoma Kelechi Ngozi Olumide Temitope Uchenna Yetunde Zainab`,
    ),
    family: words(`Abiodun Balogun Chukwu Danjuma Eze Fashola Ilori Nwosu Obi Okonjo Onyekachi Salako Uzor`),
  },
  polish: {
    given: words(
      `Agnieszka Bogdan Celina Dawid Elżbieta Grażyna Jadwiga Kacper Łucja Małgorzata Paweł Sławomir Wojciech Zofia`,
    ),
    family: words(
      `Brzoza Cichoń Dąbek Gołąb Jabłoński Kłos Łapiński Mroźny Niedźwiedź Ostrów Pięta Świerk Wierzba Żuraw`,
    ),
  },
  turkish: {
    given: words(
      `Aslı Berk Ceylan Deniz Elif Furkan Gülşen İlker Kerem Nazlı Özge Şirin Tolga Ümit Yağmur Zeynep`,
    ),
    family: words(
      `Akçay Bozkurt Çelikkol Doğanay Erdem Güneş İnanır Kılıç Öztürkmen Şahinler Taşkın Uğurlu Yıldırım`,
    ),
  },
  spanish: {
    given: words(
      `Álvaro Belén Cristóbal Dolores Estefanía Gonzalo Itziar Jimena Leocadia Macarena Nicolás Pilar Rocío Tomás`,
    ),
    family: words(
      `Arribas Bermúdez Cebrián Echevarría Gálvez Ibáñez Labrador Montañés Núñez Peñalver Quiñones Salcedo Urrutia`,
    ),
  },
  vietnamese: {
    given: words(`Ánh Bảo Châu Dũng Giang Hạnh Khánh Linh Minh Ngọc Phúc Quyên Thảo Vân`),
    family: words(`Bùi Đặng Đỗ Hoàng Huỳnh Lý Ngô Phạm Trịnh Võ`),
  },
} as const

/** Names in other scripts, with the romanised form that their owners use. */
const otherScripts: readonly PersonName[] = [
  { given: '葵', family: '佐々木', romanised: 'Aoi Sasaki' },
  { given: '大翔', family: '小野寺', romanised: 'Hiroto Onodera' },
  { given: '美咲', family: '西園', romanised: 'Misaki Nishizono' },
  { given: '蓮', family: '早乙女', romanised: 'Ren Saotome' },
  { given: 'ليلى', family: 'الحداد', romanised: 'Layla Al-Haddad' },
  { given: 'يوسف', family: 'النجار', romanised: 'Youssef Al-Najjar' },
  { given: 'سلمى', family: 'قاسم', romanised: 'Salma Qasim' },
  { given: 'Олена', family: 'Гончаренко', romanised: 'Olena Honcharenko' },
  { given: 'Тарас', family: 'Білозір', romanised: 'Taras Bilozir' },
  { given: 'Милица', family: 'Вукашин', romanised: 'Milica Vukašin' },
  { given: 'Ελένη', family: 'Καραγιάννη', romanised: 'Eleni Karagianni' },
  { given: 'Στέφανος', family: 'Δημάκης', romanised: 'Stefanos Dimakis' },
  { given: '하은', family: '서', romanised: 'Ha-eun Seo' },
  { given: '준서', family: '한', romanised: 'Jun-seo Han' },
]

/** The name with this number in another script, or undefined when they are used up. */
export const nameInOtherScript = (index: number): PersonName | undefined => otherScripts[index]

/** Lists of a culture. */
export const namesOf = (culture: Culture): { given: readonly string[]; family: readonly string[] } =>
  lists[culture]
