import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'Instagram está conectado', message: `Te has conectado como ${username}. Puedes cerrar esta ventana y seguir eligiendo fotos.` }),
  notConnected: 'Instagram no se ha conectado',
  reasons: {
    declined: 'No has permitido el acceso a tus fotos, así que no se ha conectado nada.',
    role: 'Instagram rechaza esta cuenta para esta aplicación. Debe ser una cuenta de empresa o de creador y, mientras la aplicación esté en pruebas, haber aceptado la invitación de prueba (Instagram > Configuración > Permisos de sitios web > Aplicaciones y sitios web > Invitaciones de prueba).',
    personal: 'Es una cuenta personal. Instagram solo comparte fotos de cuentas de empresa y de creador.',
    permission: 'Instagram no ha concedido el permiso para ver tus fotos. Vuelve a conectar y déjalo activado.',
    limit: 'Ha habido demasiadas solicitudes en poco tiempo. Inténtalo de nuevo dentro de un rato.',
    restricted: 'Instagram ha restringido esta cuenta. Abre la aplicación de Instagram, sigue sus indicaciones e inténtalo de nuevo.',
    unavailable: 'Instagram no responde bien en este momento. Inténtalo de nuevo en un minuto.',
    refused: 'Instagram no ha completado el inicio de sesión. Empieza de nuevo; si ocurre siempre, avisa a quienes gestionan este sitio.',
    expired: 'Este enlace es demasiado antiguo o no se conoce aquí. Vuelve a la página donde eliges fotos y empieza de nuevo.',
    used: 'Este inicio de sesión ya se ha usado. Vuelve a la página donde eliges fotos y empieza de nuevo.',
    foreign: 'Este enlace es de otro navegador. Vuelve a la página donde eliges fotos y empieza allí.',
    siteSignIn: 'Primero inicia sesión en este sitio.',
    unknownApp: 'La página de la que vienes no está configurada aquí. Quien la gestiona puede arreglarlo.',
    address: 'Esta dirección no está completa.',
    failed: 'Algo ha fallado aquí. Inténtalo de nuevo.'
  },
  limitEnds: wait => `Ha habido demasiadas solicitudes en poco tiempo. Inténtalo de nuevo ${wait}.`,
  closeWindow: 'Puedes cerrar esta ventana.',
  deletion: {
    unknown: { title: 'Código desconocido', message: 'No hay ninguna solicitud de eliminación con este código.' },
    underWay: asked => ({ title: 'Eliminación en curso', message: `Solicitada el ${asked}. El acceso a Instagram ha terminado; las copias de las fotos se están borrando.` }),
    done: (asked, done) => ({ title: 'Todo está eliminado', message: `Solicitado el ${asked}, terminado el ${done}. Se han borrado el acceso a Instagram, las fotos y todo lo demás que pertenecía a la cuenta.` })
  }
}
