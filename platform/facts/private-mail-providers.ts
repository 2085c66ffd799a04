/** Mail providers whose mailboxes people own privately; our own list, November 2026. Lower case, one word each. */
export const privateMailProviders: ReadonlySet<string> = new Set(
  `
  126.com 163.com aim.com alice.it aol.com arcor.de att.net bbox.fr bellsouth.net bigpond.com bluewin.ch
  bol.com.br btinternet.com charter.net comcast.net cox.net docomo.ne.jp duck.com earthlink.net
  email.com email.cz email.it ezweb.ne.jp fastmail.com fastmail.fm foxmail.com free.fr freenet.de
  gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com hanmail.net hey.com hotmail.co.uk
  hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com ig.com.br inbox.lv inbox.ru
  interia.pl kpnmail.nl laposte.net libero.it list.ru live.co.uk live.com live.com.mx live.de live.fr
  live.nl mac.com magenta.at mail.com mail.de mail.ru mailbox.org me.com msn.com nate.com naver.com
  neuf.fr ntlworld.com o2.pl online.de op.pl optonline.net optusnet.com.au orange.fr outlook.co.uk
  outlook.com outlook.de outlook.es outlook.fr outlook.it outlook.jp pm.me posteo.de prodigy.net.mx
  proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com rogers.com
  runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com skynet.be softbank.ne.jp
  sympatico.ca t-online.de talktalk.net telenet.be telia.com telus.net terra.com.br tiscali.it tuta.com
  tuta.io tutanota.com uol.com.br verizon.net virgilio.it virginmedia.com vodafone.de wanadoo.fr web.de
  windowslive.com wp.pl xs4all.nl xtra.co.nz yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com
  yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru
  yeah.net ymail.com ziggo.nl zoho.com zohomail.com
`
    .trim()
    .split(/\s+/),
)
