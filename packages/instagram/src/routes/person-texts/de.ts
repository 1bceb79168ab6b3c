import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'Instagram ist verbunden', message: `Du bist als ${username} verbunden. Du kannst dieses Fenster schließen und weiter Fotos auswählen.` }),
  notConnected: 'Instagram wurde nicht verbunden',
  reasons: {
    declined: 'Du hast den Zugriff auf deine Fotos nicht erlaubt, deshalb wurde nichts verbunden.',
    role: 'Instagram lehnt dieses Konto für diese App ab. Es muss ein Business- oder Creator-Konto sein und, solange die App getestet wird, eine Testeinladung angenommen haben (Instagram > Einstellungen > Website-Berechtigungen > Apps und Websites > Testeinladungen).',
    personal: 'Das ist ein privates Konto. Instagram gibt nur Fotos von Business- und Creator-Konten weiter.',
    permission: 'Instagram hat die Erlaubnis, deine Fotos zu sehen, nicht erteilt. Verbinde dich neu und lass sie eingeschaltet.',
    limit: 'Es waren zu viele Anfragen in kurzer Zeit. Versuche es in einer Weile noch einmal.',
    restricted: 'Instagram hat dieses Konto eingeschränkt. Öffne die Instagram-App, folge den Anweisungen dort und versuche es dann noch einmal.',
    unavailable: 'Instagram antwortet im Moment nicht richtig. Versuche es in einer Minute noch einmal.',
    refused: 'Instagram hat die Anmeldung nicht abgeschlossen. Beginne noch einmal; wenn es jedes Mal geschieht, sag es denen, die diese Website betreiben.',
    expired: 'Dieser Link ist zu alt oder hier nicht bekannt. Geh zurück zu der Seite, auf der du Fotos auswählst, und beginne noch einmal.',
    used: 'Diese Anmeldung wurde schon verwendet. Geh zurück zu der Seite, auf der du Fotos auswählst, und beginne noch einmal.',
    foreign: 'Dieser Link gehört zu einem anderen Browser. Geh zurück zu der Seite, auf der du Fotos auswählst, und beginne dort.',
    siteSignIn: 'Melde dich zuerst auf dieser Website an.',
    unknownApp: 'Die Seite, von der du kommst, ist hier nicht eingerichtet. Wer sie betreibt, kann das beheben.',
    address: 'Diese Adresse ist nicht vollständig.',
    failed: 'Hier ist etwas schiefgegangen. Versuche es noch einmal.'
  },
  limitEnds: wait => `Es waren zu viele Anfragen in kurzer Zeit. Versuche es ${wait} noch einmal.`,
  closeWindow: 'Du kannst dieses Fenster schließen.',
  deletion: {
    unknown: { title: 'Unbekannter Code', message: 'Zu diesem Code gibt es keine Bitte um Löschung.' },
    underWay: asked => ({ title: 'Die Löschung läuft', message: `Erbeten am ${asked}. Der Zugriff auf Instagram ist beendet; die Kopien der Fotos werden gelöscht.` }),
    done: (asked, done) => ({ title: 'Alles ist gelöscht', message: `Erbeten am ${asked}, erledigt am ${done}. Der Zugriff auf Instagram, die Fotos und alles andere, was zu dem Konto gehörte, ist gelöscht.` })
  }
}
