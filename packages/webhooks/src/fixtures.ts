import type { EventOf, KnownAction } from './events.ts'

/** One event of every action: the payloads of Filestack's Instagram page where it has one, the documented shape elsewhere. */
export const FIXTURES: { readonly [Action in KnownAction]: EventOf<Action> } = {
  'fp.upload': {
    action: 'fp.upload',
    timestamp: 1443444905,
    id: 100946,
    text: {
      url: 'https://www.filestackapi.com/api/file/WAunDTTqQfCNWwUUyf6n',
      client: 'Instagram',
      type: 'image/jpeg',
      filename: '1579337399020824.jpg',
      size: 139154
    }
  },
  'fp.export': {
    action: 'fp.export',
    timestamp: 1444257665,
    id: 142447,
    text: {
      source: 'https://www.filestackapi.com/api/file/qHi4LxRh28IeEBdJcFpw',
      client: 'Instagram',
      filename: 'newFiletest.jpg',
      created: 'https://www.filestackapi.com/api/file/s40jJOQDGVr2T86cgOAe'
    }
  },
  'fp.converse': {
    action: 'fp.converse',
    timestamp: 1435586806,
    text: {
      url: 'https://www.filestackapi.com/api/file/uydUKAcTSsWB3g5HOsB4/convert?w=102',
      link: {
        writeable: true,
        mimetype: 'image/jpeg',
        handle: 'uydUKAcTSsWB3g5HOsB4',
        url: 'filepicker_upload_persist/pHSrbCRqSqeR1wh8USfY_1.jpeg',
        created_at: '2015-06-29T13:31:02.204Z',
        provider: 'Instagram',
        app_id: 7876,
        filename: '1.jpeg',
        mongo_id: null,
        _metadata: null,
        access_tokens: [],
        is_folder: false,
        persist: false,
        user_id: null,
        id: 31968,
        size: '111175'
      }
    },
    id: 109
  },
  'fp.overwrite': {
    action: 'fp.overwrite',
    timestamp: 1443515400,
    id: 105259,
    text: {
      url: 'https://www.filestackapi.com/api/file/0CpUz9H4QfaX7LwwsgUf',
      mimetype: 'image/jpeg',
      isWriteable: true,
      filename: 'Cat_crying_Lolcat.jpg',
      client: 'Instagram',
      size: 205354
    }
  },
  'fp.delete': {
    action: 'fp.delete',
    timestamp: 1443515500,
    id: 105260,
    text: { url: 'https://www.filestackapi.com/api/file/0CpUz9H4QfaX7LwwsgUf' }
  },
  'fp.dialog': {
    action: 'fp.dialog',
    timestamp: 1443444900,
    id: 100945,
    text: { dialogType: 'open', mimetypes: ['image/*'], language: 'en', app: { upsell: false, apikey: 'A1b2C3d4E5f6G7h8I9j0kz' } }
  },
  'fs.workflow': {
    action: 'fs.workflow',
    timestamp: 1559199901,
    id: 6845,
    text: {
      workflow: '53a1e1b8-2a1b-4f3c-9d0e-6b7f8a9c0d1e',
      createdAt: '2019-05-30T07:04:58.000Z',
      updatedAt: '2019-05-30T07:05:01.000Z',
      sources: ['uydUKAcTSsWB3g5HOsB4'],
      results: { sfw_1559199900: { data: true } },
      status: 'Finished'
    }
  },
  'fp.video_converse': {
    action: 'fp.video_converse',
    status: 'completed',
    message: 'Done',
    data: { thumb: 'https://cdn.filestackcontent.com/thumb', url: 'https://cdn.filestackcontent.com/video' },
    metadata: { result: {}, source: {} },
    timestamp: '1559199999',
    uuid: 'ca2f4b3e-7d6a-4f0f-8f6d-6ce4a1f0e9d2'
  }
}
