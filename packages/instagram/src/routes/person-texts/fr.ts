import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'Instagram est connecté', message: `Vous êtes connecté en tant que ${username}. Vous pouvez fermer cette fenêtre et continuer à choisir des photos.` }),
  notConnected: 'Instagram n’a pas été connecté',
  reasons: {
    declined: 'Vous n’avez pas autorisé l’accès à vos photos, rien n’a donc été connecté.',
    role: 'Instagram refuse ce compte pour cette application. Il doit s’agir d’un compte professionnel et, tant que l’application est en test, d’un testeur Instagram accepté (Instagram > Paramètres > Autorisations de site web > Applications et sites web > Invitations de test).',
    personal: 'C’est un compte personnel. Instagram ne partage que les photos des comptes entreprise et créateur.',
    permission: 'Instagram n’a pas accordé l’autorisation de voir vos photos. Reconnectez-vous et laissez-la activée.',
    limit: 'Il y a eu trop de demandes en peu de temps. Réessayez dans un moment.',
    restricted: 'Instagram a restreint ce compte. Ouvrez l’application Instagram, suivez ses instructions, puis réessayez.',
    unavailable: 'Instagram ne répond pas correctement pour le moment. Réessayez dans une minute.',
    refused: 'Instagram n’a pas terminé la connexion. Recommencez\u00a0; si cela se reproduit à chaque fois, prévenez les responsables de ce site.',
    expired: 'Ce lien est trop ancien ou inconnu ici. Revenez à la page où vous choisissez des photos et recommencez.',
    used: 'Cette connexion a déjà été utilisée. Revenez à la page où vous choisissez des photos et recommencez.',
    foreign: 'Ce lien appartient à un autre navigateur. Revenez à la page où vous choisissez des photos et commencez là-bas.',
    siteSignIn: 'Connectez-vous d’abord à ce site.',
    unknownApp: 'La page d’où vous venez n’est pas configurée ici. La personne qui la gère peut y remédier.',
    address: 'Cette adresse n’est pas complète.',
    failed: 'Un problème est survenu ici. Réessayez.'
  },
  limitEnds: wait => `Il y a eu trop de demandes en peu de temps. Réessayez ${wait}.`,
  closeWindow: 'Vous pouvez fermer cette fenêtre.',
  deletion: {
    unknown: { title: 'Code inconnu', message: 'Aucune demande de suppression ne porte ce code.' },
    underWay: asked => ({ title: 'Suppression en cours', message: `Demandée le ${asked}. L’accès à Instagram a pris fin\u00a0; les copies des photos sont en cours de suppression.` }),
    done: (asked, done) => ({ title: 'Tout est supprimé', message: `Demandé le ${asked}, terminé le ${done}. L’accès à Instagram, les photos et tout ce qui appartenait au compte ont été supprimés.` })
  }
}
