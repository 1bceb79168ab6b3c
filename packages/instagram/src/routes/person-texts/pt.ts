import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'O Instagram está conectado', message: `Você está conectado como ${username}. Pode fechar esta janela e continuar escolhendo fotos.` }),
  notConnected: 'O Instagram não foi conectado',
  reasons: {
    declined: 'Você não permitiu o acesso às suas fotos, por isso nada foi conectado.',
    role: 'O Instagram recusa esta conta para este aplicativo. Ela precisa ser uma conta comercial ou de criador e, enquanto o aplicativo estiver em teste, ter aceitado o convite de teste (Instagram > Configurações > Permissões do site > Aplicativos e sites > Convites para testar).',
    personal: 'Esta é uma conta pessoal. O Instagram só compartilha fotos de contas comerciais e de criador.',
    permission: 'O Instagram não concedeu a permissão para ver suas fotos. Reconecte e deixe-a ativada.',
    limit: 'Houve pedidos demais em pouco tempo. Tente novamente daqui a pouco.',
    restricted: 'O Instagram restringiu esta conta. Abra o aplicativo do Instagram, siga as instruções e tente novamente.',
    unavailable: 'O Instagram não está respondendo direito no momento. Tente novamente em um minuto.',
    refused: 'O Instagram não concluiu o login. Comece de novo; se acontecer sempre, avise quem administra este site.',
    expired: 'Este link é antigo demais ou não é conhecido aqui. Volte à página em que você escolhe fotos e comece de novo.',
    used: 'Este login já foi usado. Volte à página em que você escolhe fotos e comece de novo.',
    foreign: 'Este link é de outro navegador. Volte à página em que você escolhe fotos e comece por lá.',
    siteSignIn: 'Primeiro entre neste site.',
    unknownApp: 'A página de onde você vem não está configurada aqui. Quem a administra pode resolver isso.',
    address: 'Este endereço não está completo.',
    failed: 'Algo deu errado aqui. Tente novamente.'
  },
  limitEnds: wait => `Houve pedidos demais em pouco tempo. Tente novamente ${wait}.`,
  closeWindow: 'Você pode fechar esta janela.',
  deletion: {
    unknown: { title: 'Código desconhecido', message: 'Não há nenhum pedido de exclusão com este código.' },
    underWay: asked => ({ title: 'Exclusão em andamento', message: `Pedida em ${asked}. O acesso ao Instagram terminou; as cópias das fotos estão sendo apagadas.` }),
    done: (asked, done) => ({ title: 'Tudo foi excluído', message: `Pedido em ${asked}, concluído em ${done}. O acesso ao Instagram, as fotos e tudo o mais que pertencia à conta foram apagados.` })
  }
}
