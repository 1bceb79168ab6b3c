import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('de', count, { one: '# Foto', other: '# Fotos' })

export const messages: Messages = {
  title: isMultiple => isMultiple ? 'Fotos auswählen' : 'Foto auswählen',
  instagram: 'Instagram',
  close: 'Schließen',
  cancel: 'Abbrechen',
  back: 'Zurück',
  tryAgain: 'Erneut versuchen',

  servicesTitle: 'Wo sind deine Fotos?',
  servicesHint: 'Fotos deines Business- oder Creator-Kontos',

  connectTitle: 'Deine Instagram-Fotos, direkt hier',
  connectText: 'Melde dich in einem kleinen Fenster bei Instagram an. Danach wählst du aus allem, was du veröffentlicht hast.',
  connectPromise: 'Dein Passwort bleibt bei Instagram. Du kannst die Verbindung jederzeit trennen.',
  connect: 'Instagram verbinden',
  connectAgain: 'Neu verbinden',
  connectOther: 'Anderes Konto verbinden',
  waitingTitle: 'Warten auf Instagram',
  waitingText: 'Schließe die Anmeldung im anderen Fenster ab. Sobald du fertig bist, erscheinen hier deine Fotos.',
  professionalOnly: 'Funktioniert mit Business- und Creator-Konten.',
  openAgain: 'Fenster noch einmal öffnen',
  continueHere: 'In diesem Fenster weitermachen',
  blockedTitle: 'Das Fenster wurde nicht geöffnet',
  blockedText: 'Dein Browser hat es blockiert. Öffne Instagram stattdessen mit dieser Schaltfläche.',
  openInstagram: 'Instagram öffnen',

  account: username => `Konto ${username}`,
  disconnect: 'Verbindung trennen',
  disconnectText: 'Bereits ausgewählte Fotos funktionieren weiter, bis du den Zugriff bei Instagram entfernst.',
  showCaptions: 'Bildunterschriften',
  gridLabel: username => `Fotos von ${username}`,
  gridHelp: 'Pfeiltasten zum Bewegen, Leertaste zum Auswählen, Eingabetaste verwendet ein Foto oder öffnet eine Gruppe, P zeigt es groß.',
  loading: 'Fotos werden geladen',
  loaded: count => `${photos(count)} geladen`,
  allLoaded: count => plural('de', count, { one: 'Das einzige Foto ist geladen', other: 'Alle # Fotos sind geladen' }),

  photo: date => date === undefined ? 'Foto' : `Foto, ${date}`,
  video: date => date === undefined ? 'Video' : `Video, ${date}`,
  group: (count, date) => `Gruppe mit ${photos(count)}${date === undefined ? '' : `, ${date}`}`,
  chosenInGroup: count => `${count} ausgewählt`,
  videoReason: 'Videos lassen sich nicht auswählen, nur Fotos.',
  typeReason: 'Diese Seite nimmt Dateien dieses Typs nicht an.',
  missingReason: 'Instagram stellt dieses Foto nicht bereit.',
  limitReason: max => `Du kannst bis zu ${photos(max)} auswählen.`,
  noThumbnail: 'Kein Bild vorhanden',

  groupTitle: count => `Gruppe mit ${photos(count)}`,
  chooseAll: 'Alle auswählen',
  chooseNone: 'Keine auswählen',
  chosen: (count, max) => max === undefined ? `${count} ausgewählt` : `${count} von ${max} ausgewählt`,
  noneChosen: isMultiple => isMultiple ? 'Wähle die Fotos, die dir gefallen' : 'Wähle das Foto, das dir gefällt',
  clear: 'Aufheben',
  use: count => count === 1 ? 'Foto verwenden' : `${photos(count)} verwenden`,

  preview: 'Groß anzeigen',
  previous: 'Vorheriges Foto',
  next: 'Nächstes Foto',
  choose: 'Auswählen',
  unchoose: 'Ausgewählt',
  loadingPhoto: 'Das Foto wird geladen',
  photoFailed: 'Dieses Foto konnte nicht geladen werden.',
  position: (index, total) => `${index} von ${total}`,
  openAtInstagram: 'Auf Instagram ansehen',

  copying: (done, total) => total === 1 ? 'Dein Foto wird abgerufen' : `Foto ${Math.min(done + 1, total)} von ${total} wird abgerufen`,
  someFailed: failed => plural('de', failed, { one: '# Foto konnte nicht abgerufen werden', other: '# Fotos konnten nicht abgerufen werden' }),
  useOthers: count => count === 1 ? 'Das andere Foto verwenden' : `Die anderen ${photos(count)} verwenden`,
  chooseOther: count => plural('de', count, { one: 'Anderes Foto auswählen', other: 'Andere Fotos auswählen' }),

  closing: {
    copies: { title: count => count === 1 ? 'Speichern stoppen?' : `Speichern von ${photos(count)} stoppen?`, explanation: () => 'Bereits angelegte Kopien werden wieder entfernt.', stay: 'Weiter speichern', leave: 'Stoppen' },
    choice: { title: count => count === 1 ? 'Ohne dein Foto schließen?' : `Ohne deine ${photos(count)} schließen?`, explanation: count => count === 1 ? 'Das ausgewählte Foto wird dann nicht verwendet.' : 'Die ausgewählten Fotos werden dann nicht verwendet.', stay: 'Weiter auswählen', leave: 'Schließen' }
  },

  howToSwitch: 'So wechselst du',
  waitSeconds: seconds => seconds < 90 ? `Nächster Versuch in ${seconds} s` : `Nächster Versuch in ${Math.ceil(seconds / 60)} Min.`,
  photoProblems: {
    gone: count => ({ title: plural('de', count, { one: 'Dieses Foto gibt es nicht mehr', other: '# Fotos gibt es nicht mehr' }), text: plural('de', count, { one: 'Es wurde eben bei Instagram gelöscht. Wähle ein anderes.', other: 'Sie wurden eben bei Instagram gelöscht. Wähle andere.' }) }),
    tooLarge: count => ({ title: plural('de', count, { one: 'Dieses Foto ist zu groß', other: '# Fotos sind zu groß' }), text: plural('de', count, { one: 'Diese Seite nimmt nur kleinere Dateien an. Wähle ein anderes.', other: 'Diese Seite nimmt nur kleinere Dateien an. Wähle andere.' }) }),
    tooSmall: count => ({ title: plural('de', count, { one: 'Dieses Foto ist zu klein', other: '# Fotos sind zu klein' }), text: plural('de', count, { one: 'Diese Seite nimmt nur größere Dateien an. Wähle ein anderes.', other: 'Diese Seite nimmt nur größere Dateien an. Wähle andere.' }) }),
    wrongType: count => ({ title: plural('de', count, { one: 'Dieser Dateityp wird nicht angenommen', other: '# Fotos haben einen Dateityp, der nicht angenommen wird' }), text: plural('de', count, { one: 'Diese Seite nimmt nur andere Bildformate an. Wähle ein anderes.', other: 'Diese Seite nimmt nur andere Bildformate an. Wähle andere.' }) })
  },
  problems: {
    offline: { title: 'Du bist offline', text: 'Die Fotos sind gerade nicht erreichbar. Prüfe deine Verbindung; sobald sie wieder da ist, geht es von selbst weiter.' },
    expired: { title: 'Deine Anmeldung ist abgelaufen', text: 'Instagram bittet dich, dich neu anzumelden. Deine Auswahl geht nicht verloren.' },
    personal: { title: 'Das ist ein privates Konto', text: 'Instagram gibt nur Fotos von Business- und Creator-Konten weiter. Der Wechsel ist kostenlos und dauert eine Minute: in den Instagram-Einstellungen unter „Kontoart und Tools“.' },
    permission: { title: 'Eine Berechtigung fehlt', text: 'Um deine Fotos zu zeigen, braucht Instagram deine Erlaubnis dazu. Verbinde dich neu und lass sie eingeschaltet.' },
    declined: { title: 'Nicht verbunden', text: 'Du hast bei Instagram abgebrochen. Verbinde dich, wann du möchtest; es wurde nichts weitergegeben.' },
    limit: { title: 'Eine kurze Pause', text: 'Es waren zu viele Anfragen in kurzer Zeit. Deine Fotos sind gleich wieder da.' },
    unavailable: { title: 'Instagram antwortet nicht', text: 'Das ist meist nach wenigen Minuten vorbei.' },
    empty: { title: 'Noch keine Fotos', text: 'Dieses Konto hat noch keine Fotos veröffentlicht. Veröffentliche eins oder verbinde ein anderes Konto.' },
    storage: { title: 'Die Kopie konnte nicht gespeichert werden', text: 'Der Speicher der Seite antwortet nicht. Versuche es gleich noch einmal.' },
    notAllowed: { title: 'Hier nicht erlaubt', text: 'Die Berechtigung dieser Seite reicht dafür nicht aus oder ist abgelaufen. Lade die Seite neu und versuche es noch einmal.' },
    unknownApp: { title: 'Diese Seite ist nicht eingerichtet', text: 'Ihr Schlüssel ist hier nicht bekannt. Wer die Seite betreibt, kann das beheben.' },
    foreignPage: { title: 'Diese Seite darf keine Fotos auswählen', text: 'Ihre Adresse steht nicht auf der Liste. Wer die Seite betreibt, kann sie eintragen.' },
    noOpener: { title: 'Keine Seite wartet', text: 'Fotos gehen an die Seite, die dieses Fenster geöffnet hat. Geh dorthin zurück und beginne noch einmal.' },
    notOffered: { title: 'Hier gibt es nichts auszuwählen', text: 'Diese Seite hat Dienste angefragt, die hier nicht angeboten werden.' },
    signInLost: { title: 'Die Anmeldung wurde nicht abgeschlossen', text: 'Auf dem Rückweg von Instagram ist etwas schiefgegangen. Bitte versuche es noch einmal.' },
    siteSignIn: { title: 'Melde dich zuerst auf dieser Seite an', text: 'Deine Fotos sind mit deinem Konto hier verbunden. Melde dich auf der Seite an und wähle dann Fotos aus.' },
    restricted: { title: 'Instagram hat dieses Konto eingeschränkt', text: 'Öffne Instagram und folge den Anweisungen dort. Verbinde dich danach neu.' },
    role: { title: 'Noch nicht für alle offen', text: 'Die Instagram-App dieser Seite wird noch getestet und kennt dein Konto nicht. Wer die Seite betreibt, kann dich einladen.' },
    unknown: { title: 'Etwas ist schiefgegangen', text: 'Bitte versuche es gleich noch einmal.' }
  }
}
