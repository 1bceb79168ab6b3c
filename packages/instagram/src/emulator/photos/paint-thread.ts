import { parentPort } from 'node:worker_threads'
import { takePhoto } from './catalogue.ts'
import type { Painted } from './painter.ts'

parentPort?.on('message', (photo: number) => { paint(photo).then(answer => parentPort?.postMessage(answer)) })

async function paint (photo: number): Promise<Painted> {
  try {
    return { photo, bytes: await takePhoto(photo) }
  } catch (error) {
    return { photo, message: error instanceof Error ? error.message : String(error) }
  }
}
