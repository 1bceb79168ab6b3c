import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('es', count, { one: '# foto', other: '# fotos' })

export const messages: Messages = {
  title: isMultiple => isMultiple ? 'Elegir fotos' : 'Elegir una foto',
  instagram: 'Instagram',
  close: 'Cerrar',
  cancel: 'Cancelar',
  back: 'Atrás',
  tryAgain: 'Reintentar',

  servicesTitle: '¿Dónde están tus fotos?',
  servicesHint: 'Fotos de tu cuenta de empresa o de creador',

  connectTitle: 'Tus fotos de Instagram, aquí mismo',
  connectText: 'Inicia sesión en Instagram en una ventana pequeña. Después elige entre todo lo que has publicado.',
  connectPromise: 'Tu contraseña se queda en Instagram. Puedes desconectarte cuando quieras.',
  connect: 'Conectar Instagram',
  connectAgain: 'Volver a conectar',
  connectOther: 'Conectar otra cuenta',
  waitingTitle: 'Esperando a Instagram',
  waitingText: 'Termina de iniciar sesión en la otra ventana. Tus fotos aparecerán aquí en cuanto acabes.',
  professionalOnly: 'Funciona con cuentas de empresa y de creador.',
  openAgain: 'Abrir la ventana otra vez',
  continueHere: 'Continuar en esta ventana',
  blockedTitle: 'La ventana no se abrió',
  blockedText: 'Tu navegador la ha bloqueado. Abre Instagram con este botón.',
  openInstagram: 'Abrir Instagram',

  account: username => `Cuenta ${username}`,
  disconnect: 'Desconectar',
  disconnectText: 'Las fotos ya elegidas siguen funcionando hasta que retires el acceso en Instagram.',
  showCaptions: 'Descripciones',
  gridLabel: username => `Fotos de ${username}`,
  gridHelp: 'Flechas para moverse, Espacio para elegir, Intro para usar una foto o abrir un grupo, P para verla en grande.',
  loading: 'Cargando fotos',
  loaded: count => plural('es', count, { one: '# foto cargada', other: '# fotos cargadas' }),
  allLoaded: count => plural('es', count, { one: 'La única foto está cargada', other: 'Las # fotos están cargadas' }),

  photo: date => date === undefined ? 'Foto' : `Foto, ${date}`,
  video: date => date === undefined ? 'Vídeo' : `Vídeo, ${date}`,
  group: (count, date) => `Grupo de ${photos(count)}${date === undefined ? '' : `, ${date}`}`,
  chosenInGroup: count => plural('es', count, { one: '# elegida', other: '# elegidas' }),
  videoReason: 'Los vídeos no se pueden elegir, solo las fotos.',
  typeReason: 'Esta página no admite archivos de este tipo.',
  missingReason: 'Instagram no comparte esta foto.',
  limitReason: max => `Puedes elegir hasta ${photos(max)}.`,
  noThumbnail: 'No hay imagen',

  groupTitle: count => `Grupo de ${photos(count)}`,
  chooseAll: 'Elegir todas',
  chooseNone: 'Quitar todas',
  chosen: (count, max) => max === undefined ? plural('es', count, { one: '# elegida', other: '# elegidas' }) : `${count} de ${max}`,
  noneChosen: isMultiple => isMultiple ? 'Elige las fotos que te gusten' : 'Elige la foto que te guste',
  clear: 'Borrar',
  use: count => count === 1 ? 'Usar la foto' : `Usar ${photos(count)}`,

  preview: 'Ver en grande',
  previous: 'Foto anterior',
  next: 'Foto siguiente',
  choose: 'Elegir',
  unchoose: 'Elegida',
  loadingPhoto: 'La foto se está cargando',
  photoFailed: 'No se pudo cargar esta foto.',
  position: (index, total) => `${index} de ${total}`,
  openAtInstagram: 'Ver en Instagram',

  copying: (done, total) => total === 1 ? 'Obteniendo tu foto' : `Obteniendo la foto ${Math.min(done + 1, total)} de ${total}`,
  someFailed: failed => plural('es', failed, { one: '# foto no se pudo obtener', other: '# fotos no se pudieron obtener' }),
  useOthers: count => count === 1 ? 'Usar la otra foto' : `Usar las otras ${photos(count)}`,
  chooseOther: count => plural('es', count, { one: 'Elegir otra foto', other: 'Elegir otras fotos' }),

  closing: {
    copies: { title: count => count === 1 ? '¿Dejar de guardar la foto?' : `¿Dejar de guardar ${photos(count)}?`, explanation: () => 'Las copias ya hechas se eliminarán.', stay: 'Seguir guardando', leave: 'Detener' },
    choice: { title: count => count === 1 ? '¿Cerrar sin tu foto?' : `¿Cerrar sin tus ${photos(count)}?`, explanation: count => count === 1 ? 'La foto elegida no se usará.' : 'Las fotos elegidas no se usarán.', stay: 'Seguir eligiendo', leave: 'Cerrar' }
  },

  howToSwitch: 'Cómo cambiar',
  waitSeconds: seconds => seconds < 90 ? `Próximo intento en ${seconds} s` : `Próximo intento en ${Math.ceil(seconds / 60)} min`,
  photoProblems: {
    gone: count => ({ title: plural('es', count, { one: 'Esta foto ya no existe', other: '# fotos ya no existen' }), text: plural('es', count, { one: 'Se acaba de borrar en Instagram. Elige otra.', other: 'Se acaban de borrar en Instagram. Elige otras.' }) }),
    tooLarge: count => ({ title: plural('es', count, { one: 'Esta foto es demasiado grande', other: '# fotos son demasiado grandes' }), text: plural('es', count, { one: 'La página solo admite archivos más pequeños. Elige otra.', other: 'La página solo admite archivos más pequeños. Elige otras.' }) }),
    tooSmall: count => ({ title: plural('es', count, { one: 'Esta foto es demasiado pequeña', other: '# fotos son demasiado pequeñas' }), text: plural('es', count, { one: 'La página solo admite archivos más grandes. Elige otra.', other: 'La página solo admite archivos más grandes. Elige otras.' }) }),
    wrongType: count => ({ title: plural('es', count, { one: 'No se admite este tipo de archivo', other: '# fotos son de un tipo que no se admite' }), text: plural('es', count, { one: 'La página solo admite otros tipos de imagen. Elige otra.', other: 'La página solo admite otros tipos de imagen. Elige otras.' }) })
  },
  problems: {
    offline: { title: 'Estás sin conexión', text: 'No se puede acceder a las fotos. Comprueba tu conexión; continuaremos en cuanto vuelva.' },
    expired: { title: 'Tu sesión ha terminado', text: 'Instagram te pide que inicies sesión otra vez. No se pierde nada de lo elegido.' },
    personal: { title: 'Es una cuenta personal', text: 'Instagram solo comparte fotos de cuentas de empresa y de creador. Cambiar es gratis y lleva un minuto en los ajustes de Instagram, en «Tipo de cuenta y herramientas».' },
    permission: { title: 'Falta un permiso', text: 'Para mostrar tus fotos, Instagram necesita tu permiso. Vuelve a conectar y déjalo activado.' },
    declined: { title: 'No conectado', text: 'Has cancelado en Instagram. Conéctate cuando quieras; no se ha compartido nada.' },
    limit: { title: 'Una breve pausa', text: 'Hubo demasiadas solicitudes en poco tiempo. Tus fotos volverán enseguida.' },
    unavailable: { title: 'Instagram no responde', text: 'Suele pasar en unos minutos.' },
    empty: { title: 'Aún no hay fotos', text: 'Esta cuenta no ha publicado fotos. Publica una o conecta otra cuenta.' },
    storage: { title: 'No se pudo guardar la copia', text: 'El almacenamiento de la página no responde. Inténtalo de nuevo en un momento.' },
    notAllowed: { title: 'No permitido aquí', text: 'El permiso de esta página no lo cubre o ha caducado. Recarga la página e inténtalo de nuevo.' },
    unknownApp: { title: 'Esta página no está configurada', text: 'Su clave no se conoce aquí. Quien gestiona la página puede arreglarlo.' },
    foreignPage: { title: 'Esta página no puede elegir fotos', text: 'Su dirección no está en la lista. Quien gestiona la página puede añadirla.' },
    noOpener: { title: 'Ninguna página está esperando', text: 'Las fotos van a la página que abrió esta ventana. Vuelve allí y empieza de nuevo.' },
    notOffered: { title: 'No hay nada que elegir', text: 'Esta página ha pedido servicios que aquí no se ofrecen.' },
    signInLost: { title: 'El inicio de sesión no terminó', text: 'Algo falló al volver de Instagram. Inténtalo una vez más.' },
    siteSignIn: { title: 'Inicia sesión primero en este sitio', text: 'Tus fotos están vinculadas a tu cuenta aquí. Inicia sesión en la página y después elige fotos.' },
    restricted: { title: 'Instagram ha restringido esta cuenta', text: 'Abre Instagram y sigue las instrucciones. Después vuelve a conectar.' },
    role: { title: 'Todavía no está abierto a todos', text: 'La aplicación de Instagram de esta página aún está en pruebas y no conoce tu cuenta. Quien gestiona la página puede invitarte.' },
    unknown: { title: 'Algo ha fallado', text: 'Inténtalo de nuevo en un momento.' }
  }
}
