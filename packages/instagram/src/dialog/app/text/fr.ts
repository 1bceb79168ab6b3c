import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('fr', count, { one: '# photo', other: '# photos' })

export const messages: Messages = {
  title: isMultiple => isMultiple ? 'Choisir des photos' : 'Choisir une photo',
  instagram: 'Instagram',
  close: 'Fermer',
  cancel: 'Annuler',
  back: 'Retour',
  tryAgain: 'Réessayer',

  servicesTitle: 'Où sont vos photos\u00a0?',
  servicesHint: 'Photos de votre compte entreprise ou créateur',

  connectTitle: 'Vos photos Instagram, ici même',
  connectText: 'Connectez-vous à Instagram dans une petite fenêtre. Choisissez ensuite parmi tout ce que vous avez publié.',
  connectPromise: 'Votre mot de passe reste chez Instagram. Vous pouvez vous déconnecter à tout moment.',
  connect: 'Connecter Instagram',
  connectAgain: 'Se reconnecter',
  connectOther: 'Connecter un autre compte',
  waitingTitle: 'En attente d’Instagram',
  waitingText: 'Terminez la connexion dans l’autre fenêtre. Vos photos apparaîtront ici dès que ce sera fait.',
  professionalOnly: 'Fonctionne avec les comptes entreprise et créateur.',
  openAgain: 'Rouvrir la fenêtre',
  continueHere: 'Continuer dans cette fenêtre',
  blockedTitle: 'La fenêtre ne s’est pas ouverte',
  blockedText: 'Votre navigateur l’a bloquée. Ouvrez plutôt Instagram avec ce bouton.',
  openInstagram: 'Ouvrir Instagram',

  account: username => `Compte ${username}`,
  disconnect: 'Se déconnecter',
  disconnectText: 'Les photos déjà choisies restent utilisables tant que vous ne retirez pas l’accès sur Instagram.',
  showCaptions: 'Légendes',
  gridLabel: username => `Photos de ${username}`,
  gridHelp: 'Flèches pour se déplacer, Espace pour choisir, Entrée pour utiliser une photo ou ouvrir un groupe, P pour l’afficher en grand.',
  loading: 'Chargement des photos',
  loaded: count => plural('fr', count, { one: '# photo chargée', other: '# photos chargées' }),
  allLoaded: count => plural('fr', count, { one: 'La seule photo est chargée', other: 'Les # photos sont chargées' }),

  photo: date => date === undefined ? 'Photo' : `Photo, ${date}`,
  video: date => date === undefined ? 'Vidéo' : `Vidéo, ${date}`,
  group: (count, date) => `Groupe de ${photos(count)}${date === undefined ? '' : `, ${date}`}`,
  chosenInGroup: count => plural('fr', count, { one: '# choisie', other: '# choisies' }),
  videoReason: 'Les vidéos ne peuvent pas être choisies, seulement les photos.',
  typeReason: 'Cette page n’accepte pas ce type de fichier.',
  missingReason: 'Instagram ne fournit pas cette photo.',
  limitReason: max => `Vous pouvez choisir jusqu’à ${photos(max)}.`,
  noThumbnail: 'Aucune image à afficher',

  groupTitle: count => `Groupe de ${photos(count)}`,
  chooseAll: 'Tout sélectionner',
  chooseNone: 'Tout désélectionner',
  chosen: (count, max) => max === undefined ? plural('fr', count, { one: '# choisie', other: '# choisies' }) : `${count} sur ${max}`,
  noneChosen: isMultiple => isMultiple ? 'Choisissez les photos qui vous plaisent' : 'Choisissez la photo qui vous plaît',
  clear: 'Effacer',
  use: count => count === 1 ? 'Utiliser la photo' : `Utiliser ${photos(count)}`,

  preview: 'Afficher en grand',
  previous: 'Photo précédente',
  next: 'Photo suivante',
  choose: 'Choisir',
  unchoose: 'Choisie',
  loadingPhoto: 'La photo se charge',
  photoFailed: 'Cette photo n’a pas pu être chargée.',
  position: (index, total) => `${index} sur ${total}`,
  openAtInstagram: 'Voir sur Instagram',

  copying: (done, total) => total === 1 ? 'Récupération de votre photo' : `Récupération de la photo ${Math.min(done + 1, total)} sur ${total}`,
  someFailed: failed => plural('fr', failed, { one: '# photo n’a pas pu être récupérée', other: '# photos n’ont pas pu être récupérées' }),
  useOthers: count => count === 1 ? 'Utiliser l’autre photo' : `Utiliser les ${count} autres photos`,
  chooseOther: count => plural('fr', count, { one: 'Choisir une autre photo', other: 'Choisir d’autres photos' }),

  closing: {
    copies: { title: count => count === 1 ? 'Arrêter l’enregistrement\u00a0?' : `Arrêter l’enregistrement de ${photos(count)}\u00a0?`, explanation: () => 'Les copies déjà créées seront supprimées.', stay: 'Continuer', leave: 'Arrêter' },
    choice: { title: count => count === 1 ? 'Fermer sans votre photo\u00a0?' : `Fermer sans vos ${photos(count)}\u00a0?`, explanation: count => count === 1 ? 'La photo choisie ne sera pas utilisée.' : 'Les photos choisies ne seront pas utilisées.', stay: 'Continuer à choisir', leave: 'Fermer' }
  },

  howToSwitch: 'Comment changer',
  waitSeconds: seconds => seconds < 90 ? `Prochain essai dans ${seconds} s` : `Prochain essai dans ${Math.ceil(seconds / 60)} min`,
  photoProblems: {
    gone: count => ({ title: plural('fr', count, { one: 'Cette photo n’existe plus', other: '# photos n’existent plus' }), text: plural('fr', count, { one: 'Elle vient d’être supprimée d’Instagram. Choisissez-en une autre.', other: 'Elles viennent d’être supprimées d’Instagram. Choisissez-en d’autres.' }) }),
    tooLarge: count => ({ title: plural('fr', count, { one: 'Cette photo est trop lourde', other: '# photos sont trop lourdes' }), text: plural('fr', count, { one: 'La page n’accepte que des fichiers plus petits. Choisissez-en une autre.', other: 'La page n’accepte que des fichiers plus petits. Choisissez-en d’autres.' }) }),
    tooSmall: count => ({ title: plural('fr', count, { one: 'Cette photo est trop légère', other: '# photos sont trop légères' }), text: plural('fr', count, { one: 'La page n’accepte que des fichiers plus gros. Choisissez-en une autre.', other: 'La page n’accepte que des fichiers plus gros. Choisissez-en d’autres.' }) }),
    wrongType: count => ({ title: plural('fr', count, { one: 'Ce type de fichier n’est pas accepté', other: '# photos sont d’un type qui n’est pas accepté' }), text: plural('fr', count, { one: 'La page n’accepte que d’autres types d’images. Choisissez-en une autre.', other: 'La page n’accepte que d’autres types d’images. Choisissez-en d’autres.' }) })
  },
  problems: {
    offline: { title: 'Vous êtes hors ligne', text: 'Les photos sont inaccessibles. Vérifiez votre connexion\u00a0; nous reprendrons dès son retour.' },
    expired: { title: 'Votre connexion a expiré', text: 'Instagram vous demande de vous reconnecter. Vos choix sont conservés.' },
    personal: { title: 'C’est un compte personnel', text: 'Instagram ne partage que les photos des comptes entreprise et créateur. Le changement est gratuit et prend une minute dans les paramètres d’Instagram, sous «\u00a0Type de compte et outils\u00a0».' },
    permission: { title: 'Il manque une autorisation', text: 'Pour montrer vos photos, Instagram a besoin de votre autorisation. Reconnectez-vous et laissez-la activée.' },
    declined: { title: 'Non connecté', text: 'Vous avez annulé sur Instagram. Connectez-vous quand vous voulez\u00a0; rien n’a été partagé.' },
    limit: { title: 'Une courte pause', text: 'Il y a eu trop de requêtes en peu de temps. Vos photos reviennent dans un instant.' },
    unavailable: { title: 'Instagram ne répond pas', text: 'Cela passe en général en quelques minutes.' },
    empty: { title: 'Pas encore de photos', text: 'Ce compte n’a publié aucune photo. Publiez-en une ou connectez un autre compte.' },
    storage: { title: 'La copie n’a pas pu être enregistrée', text: 'L’espace de stockage de la page ne répond pas. Réessayez dans un instant.' },
    notAllowed: { title: 'Non autorisé ici', text: 'L’autorisation de cette page ne le permet pas ou a expiré. Rechargez la page et réessayez.' },
    unknownApp: { title: 'Cette page n’est pas configurée', text: 'Sa clé est inconnue ici. La personne qui gère la page peut y remédier.' },
    foreignPage: { title: 'Cette page ne peut pas choisir de photos', text: 'Son adresse n’est pas sur la liste. La personne qui gère la page peut l’ajouter.' },
    noOpener: { title: 'Aucune page n’attend', text: 'Les photos vont à la page qui a ouvert cette fenêtre. Retournez-y et recommencez.' },
    notOffered: { title: 'Rien à choisir', text: 'Cette page a demandé des services qui ne sont pas proposés ici.' },
    signInLost: { title: 'La connexion n’a pas abouti', text: 'Un problème est survenu au retour d’Instagram. Veuillez réessayer.' },
    siteSignIn: { title: 'Connectez-vous d’abord à ce site', text: 'Vos photos sont liées à votre compte ici. Connectez-vous sur la page, puis choisissez des photos.' },
    restricted: { title: 'Instagram a restreint ce compte', text: 'Ouvrez Instagram et suivez les instructions, puis reconnectez-vous.' },
    role: { title: 'Pas encore ouvert à tous', text: 'L’application Instagram de cette page est encore en test et ne connaît pas votre compte. La personne qui gère la page peut vous inviter.' },
    unknown: { title: 'Un problème est survenu', text: 'Veuillez réessayer dans un instant.' }
  }
}
