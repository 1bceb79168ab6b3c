import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('pt', count, { one: '# foto', other: '# fotos' })

export const messages: Messages = {
  title: isMultiple => isMultiple ? 'Escolher fotos' : 'Escolher uma foto',
  instagram: 'Instagram',
  close: 'Fechar',
  cancel: 'Cancelar',
  back: 'Voltar',
  tryAgain: 'Tentar novamente',

  servicesTitle: 'Onde estão suas fotos?',
  servicesHint: 'Fotos da sua conta comercial ou de criador',

  connectTitle: 'Suas fotos do Instagram, aqui mesmo',
  connectText: 'Entre no Instagram em uma janela pequena. Depois escolha entre tudo o que você publicou.',
  connectPromise: 'Sua senha fica no Instagram. Você pode desconectar quando quiser.',
  connect: 'Conectar Instagram',
  connectAgain: 'Reconectar',
  connectOther: 'Conectar outra conta',
  waitingTitle: 'Aguardando o Instagram',
  waitingText: 'Conclua o login na outra janela. Suas fotos aparecem aqui assim que você terminar.',
  professionalOnly: 'Funciona com contas comerciais e de criador.',
  openAgain: 'Abrir a janela novamente',
  continueHere: 'Continuar nesta janela',
  blockedTitle: 'A janela não abriu',
  blockedText: 'Seu navegador a bloqueou. Abra o Instagram com este botão.',
  openInstagram: 'Abrir Instagram',

  account: username => `Conta ${username}`,
  disconnect: 'Desconectar',
  disconnectText: 'As fotos já escolhidas continuam funcionando até você remover o acesso no Instagram.',
  showCaptions: 'Legendas',
  gridLabel: username => `Fotos de ${username}`,
  gridHelp: 'Setas para mover, Espaço para escolher, Enter para usar uma foto ou abrir um grupo, P para ampliar.',
  loading: 'Carregando fotos',
  loaded: count => plural('pt', count, { one: '# foto carregada', other: '# fotos carregadas' }),
  allLoaded: count => plural('pt', count, { one: 'A única foto foi carregada', other: 'Todas as # fotos foram carregadas' }),

  photo: date => date === undefined ? 'Foto' : `Foto, ${date}`,
  video: date => date === undefined ? 'Vídeo' : `Vídeo, ${date}`,
  group: (count, date) => `Grupo de ${photos(count)}${date === undefined ? '' : `, ${date}`}`,
  chosenInGroup: count => plural('pt', count, { one: '# escolhida', other: '# escolhidas' }),
  videoReason: 'Vídeos não podem ser escolhidos, só fotos.',
  typeReason: 'Esta página não aceita arquivos deste tipo.',
  missingReason: 'O Instagram não compartilha esta foto.',
  limitReason: max => `Você pode escolher até ${photos(max)}.`,
  noThumbnail: 'Sem imagem',

  groupTitle: count => `Grupo de ${photos(count)}`,
  chooseAll: 'Escolher todas',
  chooseNone: 'Desmarcar todas',
  chosen: (count, max) => max === undefined ? plural('pt', count, { one: '# escolhida', other: '# escolhidas' }) : `${count} de ${max}`,
  noneChosen: isMultiple => isMultiple ? 'Escolha as fotos de que você gosta' : 'Escolha a foto de que você gosta',
  clear: 'Limpar',
  use: count => count === 1 ? 'Usar a foto' : `Usar ${photos(count)}`,

  preview: 'Ampliar',
  previous: 'Foto anterior',
  next: 'Próxima foto',
  choose: 'Escolher',
  unchoose: 'Escolhida',
  loadingPhoto: 'A foto está carregando',
  photoFailed: 'Não foi possível carregar esta foto.',
  position: (index, total) => `${index} de ${total}`,
  openAtInstagram: 'Ver no Instagram',

  copying: (done, total) => total === 1 ? 'Buscando sua foto' : `Buscando a foto ${Math.min(done + 1, total)} de ${total}`,
  someFailed: failed => plural('pt', failed, { one: '# foto não pôde ser obtida', other: '# fotos não puderam ser obtidas' }),
  useOthers: count => count === 1 ? 'Usar a outra foto' : `Usar as outras ${photos(count)}`,
  chooseOther: count => plural('pt', count, { one: 'Escolher outra foto', other: 'Escolher outras fotos' }),

  closing: {
    copies: { title: count => count === 1 ? 'Parar de salvar a foto?' : `Parar de salvar ${photos(count)}?`, explanation: () => 'As cópias já feitas serão removidas.', stay: 'Continuar salvando', leave: 'Parar' },
    choice: { title: count => count === 1 ? 'Fechar sem a sua foto?' : `Fechar sem as suas ${photos(count)}?`, explanation: count => count === 1 ? 'A foto escolhida não será usada.' : 'As fotos escolhidas não serão usadas.', stay: 'Continuar escolhendo', leave: 'Fechar' }
  },

  howToSwitch: 'Como mudar',
  waitSeconds: seconds => seconds < 90 ? `Próxima tentativa em ${seconds} s` : `Próxima tentativa em ${Math.ceil(seconds / 60)} min`,
  photoProblems: {
    gone: count => ({ title: plural('pt', count, { one: 'Esta foto não existe mais', other: '# fotos não existem mais' }), text: plural('pt', count, { one: 'Ela acabou de ser excluída do Instagram. Escolha outra.', other: 'Elas acabaram de ser excluídas do Instagram. Escolha outras.' }) }),
    tooLarge: count => ({ title: plural('pt', count, { one: 'Esta foto é grande demais', other: '# fotos são grandes demais' }), text: plural('pt', count, { one: 'A página só aceita arquivos menores. Escolha outra.', other: 'A página só aceita arquivos menores. Escolha outras.' }) }),
    tooSmall: count => ({ title: plural('pt', count, { one: 'Esta foto é pequena demais', other: '# fotos são pequenas demais' }), text: plural('pt', count, { one: 'A página só aceita arquivos maiores. Escolha outra.', other: 'A página só aceita arquivos maiores. Escolha outras.' }) }),
    wrongType: count => ({ title: plural('pt', count, { one: 'Este tipo de arquivo não é aceito', other: '# fotos são de um tipo que não é aceito' }), text: plural('pt', count, { one: 'A página só aceita outros tipos de imagem. Escolha outra.', other: 'A página só aceita outros tipos de imagem. Escolha outras.' }) })
  },
  problems: {
    offline: { title: 'Você está sem conexão', text: 'Não foi possível acessar as fotos. Verifique sua conexão; continuaremos assim que ela voltar.' },
    expired: { title: 'Sua sessão expirou', text: 'O Instagram pede que você entre de novo. Nada do que você escolheu se perde.' },
    personal: { title: 'Esta é uma conta pessoal', text: 'O Instagram só compartilha fotos de contas comerciais e de criador. Mudar é grátis e leva um minuto nas configurações do Instagram, em “Tipo de conta e ferramentas”.' },
    permission: { title: 'Falta uma permissão', text: 'Para mostrar suas fotos, o Instagram precisa da sua permissão. Reconecte e deixe-a ativada.' },
    declined: { title: 'Não conectado', text: 'Você cancelou no Instagram. Conecte quando quiser; nada foi compartilhado.' },
    limit: { title: 'Uma pausa curta', text: 'Houve solicitações demais em pouco tempo. Suas fotos voltarão em instantes.' },
    unavailable: { title: 'O Instagram não responde', text: 'Isso costuma passar em alguns minutos.' },
    empty: { title: 'Ainda não há fotos', text: 'Esta conta não publicou nenhuma foto. Publique uma ou conecte outra conta.' },
    storage: { title: 'Não foi possível salvar a cópia', text: 'O armazenamento da página não responde. Tente novamente em instantes.' },
    notAllowed: { title: 'Não permitido aqui', text: 'A permissão desta página não cobre isso ou expirou. Recarregue a página e tente novamente.' },
    unknownApp: { title: 'Esta página não está configurada', text: 'A chave dela não é conhecida aqui. Quem administra a página pode resolver.' },
    foreignPage: { title: 'Esta página não pode escolher fotos', text: 'O endereço dela não está na lista. Quem administra a página pode incluí-lo.' },
    noOpener: { title: 'Nenhuma página está esperando', text: 'As fotos vão para a página que abriu esta janela. Volte a ela e comece de novo.' },
    notOffered: { title: 'Nada para escolher', text: 'Esta página pediu serviços que não são oferecidos aqui.' },
    signInLost: { title: 'O login não foi concluído', text: 'Algo deu errado na volta do Instagram. Tente mais uma vez.' },
    siteSignIn: { title: 'Entre primeiro neste site', text: 'Suas fotos estão vinculadas à sua conta aqui. Entre na página e depois escolha as fotos.' },
    restricted: { title: 'O Instagram restringiu esta conta', text: 'Abra o Instagram e siga as instruções. Depois reconecte.' },
    role: { title: 'Ainda não está aberto a todos', text: 'O aplicativo do Instagram desta página ainda está em teste e não conhece sua conta. Quem administra a página pode convidar você.' },
    unknown: { title: 'Algo deu errado', text: 'Tente novamente em instantes.' }
  }
}
