import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('ar', count, { zero: 'لا صور', one: 'صورة واحدة', two: 'صورتان', few: '# صور', many: '# صورة', other: '# صورة' })
/** After a verb or a verbal noun. */
const accusative = (count: number) => count === 1 ? 'الصورة' : plural('ar', count, { two: 'صورتين', few: '# صور', many: '# صورة', other: '# صورة' })

const others = (count: number) => plural('ar', count, { one: 'اختر صورة أخرى.', two: 'اختر صورتين أخريين.', other: 'اختر صورًا أخرى.' })

export const messages: Messages = {
  title: isMultiple => isMultiple ? 'اختيار صور' : 'اختيار صورة',
  instagram: 'Instagram',
  close: 'إغلاق',
  cancel: 'إلغاء',
  back: 'رجوع',
  tryAgain: 'حاول مرة أخرى',

  servicesTitle: 'أين صورك؟',
  servicesHint: 'صور حسابك التجاري أو حساب المبدع',

  connectTitle: 'صورك من Instagram هنا مباشرة',
  connectText: 'سجّل الدخول إلى Instagram في نافذة صغيرة، ثم اختر من كل ما نشرته.',
  connectPromise: 'تبقى كلمة مرورك لدى Instagram. يمكنك قطع الاتصال في أي وقت.',
  connect: 'ربط Instagram',
  connectAgain: 'إعادة الربط',
  connectOther: 'ربط حساب آخر',
  waitingTitle: 'في انتظار Instagram',
  waitingText: 'أكمل تسجيل الدخول في النافذة الأخرى. ستظهر صورك هنا فور الانتهاء.',
  professionalOnly: 'يعمل مع الحسابات التجارية وحسابات المبدعين.',
  openAgain: 'فتح النافذة مرة أخرى',
  continueHere: 'المتابعة في هذه النافذة',
  blockedTitle: 'لم تُفتح النافذة',
  blockedText: 'منعها متصفحك. افتح Instagram بهذا الزر بدلاً من ذلك.',
  openInstagram: 'فتح Instagram',

  account: username => `الحساب ${username}`,
  disconnect: 'قطع الاتصال',
  disconnectText: 'تبقى الصور التي اخترتها صالحة حتى تزيل الوصول من Instagram.',
  showCaptions: 'الأوصاف',
  gridLabel: username => `صور ${username}`,
  gridHelp: 'الأسهم للتنقل، ومفتاح المسافة للاختيار، وEnter لاستخدام صورة أو فتح مجموعة، وP لعرضها كبيرة.',
  loading: 'جارٍ تحميل الصور',
  loaded: count => `تم تحميل ${photos(count)}`,
  allLoaded: count => `تم تحميل كل الصور: ${photos(count)}`,

  photo: date => date === undefined ? 'صورة' : `صورة، ${date}`,
  video: date => date === undefined ? 'فيديو' : `فيديو، ${date}`,
  group: (count, date) => `مجموعة: ${photos(count)}${date === undefined ? '' : `، ${date}`}`,
  chosenInGroup: count => `المختار: ${count}`,
  videoReason: 'لا يمكن اختيار الفيديو، الصور فقط.',
  typeReason: 'لا تقبل هذه الصفحة هذا النوع من الملفات.',
  missingReason: 'لا يتيح Instagram هذه الصورة.',
  limitReason: max => `الحد الأقصى للاختيار: ${photos(max)}.`,
  noThumbnail: 'لا توجد صورة للعرض',

  groupTitle: count => `مجموعة: ${photos(count)}`,
  chooseAll: 'اختيار الكل',
  chooseNone: 'إلغاء اختيار الكل',
  chosen: (count, max) => max === undefined ? `المختار: ${count}` : `المختار: ${count} من ${max}`,
  noneChosen: isMultiple => isMultiple ? 'اختر الصور التي تعجبك' : 'اختر الصورة التي تعجبك',
  clear: 'مسح',
  use: count => `استخدام ${accusative(count)}`,

  preview: 'تكبير',
  previous: 'الصورة السابقة',
  next: 'الصورة التالية',
  choose: 'اختيار',
  unchoose: 'مختارة',
  loadingPhoto: 'جارٍ تحميل الصورة',
  photoFailed: 'تعذّر تحميل هذه الصورة.',
  position: (index, total) => `${index} من ${total}`,
  openAtInstagram: 'عرض على Instagram',

  copying: (done, total) => total === 1 ? 'جارٍ جلب صورتك' : `جارٍ جلب الصورة ${Math.min(done + 1, total)} من ${total}`,
  someFailed: failed => `تعذّر جلب ${failed === 1 ? 'صورة واحدة' : accusative(failed)}`,
  useOthers: count => count === 1 ? 'استخدام الصورة الأخرى' : `استخدام الصور الأخرى (${count})`,
  chooseOther: count => plural('ar', count, { one: 'اختيار صورة أخرى', two: 'اختيار صورتين أخريين', other: 'اختيار صور أخرى' }),

  closing: {
    copies: { title: count => `هل تريد إيقاف حفظ ${accusative(count)}؟`, explanation: () => 'ستُزال النسخ التي أُنشئت بالفعل.', stay: 'متابعة الحفظ', leave: 'إيقاف' },
    choice: { title: count => `هل تريد الإغلاق دون استخدام ${accusative(count)}؟`, explanation: count => count === 1 ? 'لن تُستخدم الصورة التي اخترتها.' : 'لن تُستخدم الصور التي اخترتها.', stay: 'متابعة الاختيار', leave: 'إغلاق' }
  },

  howToSwitch: 'كيفية التحويل',
  waitSeconds: seconds => seconds < 90 ? `المحاولة التالية بعد ${seconds} ث` : `المحاولة التالية بعد ${Math.ceil(seconds / 60)} د`,
  photoProblems: {
    gone: count => ({ title: plural('ar', count, { one: 'لم تعد هذه الصورة موجودة', two: 'لم تعد صورتان موجودتين', few: 'لم تعد # صور موجودة', many: 'لم تعد # صورة موجودة', other: 'لم تعد # صورة موجودة' }), text: `${count === 2 ? 'حُذفتا' : 'حُذفت'} من Instagram قبل قليل. ${others(count)}` }),
    tooLarge: count => ({ title: plural('ar', count, { one: 'هذه الصورة كبيرة جدًا', two: 'صورتان كبيرتان جدًا', few: '# صور كبيرة جدًا', many: '# صورة كبيرة جدًا', other: '# صورة كبيرة جدًا' }), text: `لا تقبل الصفحة سوى ملفات أصغر. ${others(count)}` }),
    tooSmall: count => ({ title: plural('ar', count, { one: 'هذه الصورة صغيرة جدًا', two: 'صورتان صغيرتان جدًا', few: '# صور صغيرة جدًا', many: '# صورة صغيرة جدًا', other: '# صورة صغيرة جدًا' }), text: `لا تقبل الصفحة سوى ملفات أكبر. ${others(count)}` }),
    wrongType: count => ({ title: plural('ar', count, { one: 'هذا النوع من الملفات غير مقبول', two: 'صورتان من نوع غير مقبول', few: '# صور من نوع غير مقبول', many: '# صورة من نوع غير مقبول', other: '# صورة من نوع غير مقبول' }), text: `لا تقبل الصفحة سوى أنواع أخرى من الصور. ${others(count)}` })
  },
  problems: {
    offline: { title: 'أنت غير متصل', text: 'تعذّر الوصول إلى الصور. تحقق من اتصالك؛ سنتابع تلقائيًا عند عودته.' },
    expired: { title: 'انتهت جلسة تسجيل الدخول', text: 'يطلب Instagram تسجيل الدخول مرة أخرى. لن يضيع ما اخترته.' },
    personal: { title: 'هذا حساب شخصي', text: 'لا يشارك Instagram سوى صور الحسابات التجارية وحسابات المبدعين. التحويل مجاني ويستغرق دقيقة في إعدادات Instagram، ضمن «نوع الحساب والأدوات».' },
    permission: { title: 'هناك إذن ناقص', text: 'لعرض صورك يحتاج Instagram إلى إذنك. أعد الربط واترك الإذن مفعّلاً.' },
    declined: { title: 'غير متصل', text: 'ألغيت العملية في Instagram. اربط الحساب متى شئت؛ لم تتم مشاركة أي شيء.' },
    limit: { title: 'لحظات من فضلك', text: 'وصلت طلبات كثيرة في وقت قصير. ستعود صورك بعد لحظات.' },
    unavailable: { title: 'لا يستجيب Instagram', text: 'ينتهي هذا عادة خلال دقائق.' },
    empty: { title: 'لا توجد صور بعد', text: 'لم ينشر هذا الحساب أي صورة. انشر واحدة أو اربط حسابًا آخر.' },
    storage: { title: 'تعذّر حفظ النسخة', text: 'لا يستجيب مخزن الصفحة. حاول مرة أخرى بعد لحظات.' },
    notAllowed: { title: 'غير مسموح هنا', text: 'إذن هذه الصفحة لا يشمل ذلك أو انتهت صلاحيته. أعد تحميل الصفحة وحاول مرة أخرى.' },
    unknownApp: { title: 'هذه الصفحة غير مُعدّة', text: 'مفتاحها غير معروف هنا. يمكن لمن يدير الصفحة إصلاح ذلك.' },
    foreignPage: { title: 'لا يحق لهذه الصفحة اختيار الصور', text: 'عنوانها ليس في القائمة. يمكن لمن يدير الصفحة إضافته.' },
    noOpener: { title: 'لا توجد صفحة في الانتظار', text: 'تذهب الصور إلى الصفحة التي فتحت هذه النافذة. عُد إليها وابدأ من جديد.' },
    notOffered: { title: 'لا يوجد ما يمكن اختياره', text: 'طلبت هذه الصفحة خدمات غير متاحة هنا.' },
    signInLost: { title: 'لم يكتمل تسجيل الدخول', text: 'حدث خطأ في طريق العودة من Instagram. حاول مرة أخرى.' },
    siteSignIn: { title: 'سجّل الدخول إلى هذا الموقع أولاً', text: 'صورك مرتبطة بحسابك هنا. سجّل الدخول في الصفحة ثم اختر الصور.' },
    restricted: { title: 'يقيّد Instagram هذا الحساب', text: 'افتح Instagram واتبع ما يطلبه منك، ثم أعد الربط.' },
    role: { title: 'غير متاح للجميع بعد', text: 'تطبيق Instagram لهذه الصفحة ما زال قيد الاختبار ولا يعرف حسابك. يمكن لمن يدير الصفحة دعوتك.' },
    unknown: { title: 'حدث خطأ', text: 'حاول مرة أخرى بعد لحظات.' }
  }
}
