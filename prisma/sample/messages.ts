/** What visitors write: per language an opening, the need per service, some circumstance and a farewell. */
export type Language = "en" | "de" | "fr" | "es" | "ja" | "pt" | "it" | "ar";

export const services = [
  "Cloud Architecture",
  "DevOps Consulting",
  "Data Engineering",
  "Web Development",
  "Dashboards",
  "Security Review",
  "Training",
] as const;
export type Service = (typeof services)[number];

export type Phrases = {
  openings: string[];
  needs: Record<Service | "other", string[]>;
  circumstances: string[];
  farewells: string[];
};

const en: Phrases = {
  openings: [
    "Hello,",
    "Hi there,",
    "Good morning,",
    "Dear team,",
    "Hello, we spoke briefly at the meetup last month.",
    "",
  ],
  needs: {
    "Cloud Architecture": [
      "We want to leave a managed key-value store for PostgreSQL. Can you estimate the migration?",
      "Our monolith runs on two rented servers and we would like a plan for moving it to the cloud without downtime.",
      "The bill for our cloud account doubled this year; we need somebody to look at the architecture with us.",
      "We are planning a second region and are unsure how to replicate the database.",
    ],
    "DevOps Consulting": [
      "Releases take us a whole day of manual work. We would like a pipeline that a new colleague can understand.",
      "We are looking for help with Kubernetes: eleven services, one tired administrator.",
      "Our builds take forty minutes. Is that something you could shorten within a fixed budget?",
      "Backups exist, but nobody has ever restored one. Could you set up a drill with us?",
    ],
    "Data Engineering": [
      "Every night a script copies 40 GB between two databases and it no longer finishes before breakfast.",
      "We collect sensor readings from 300 machines and want to query them next to our orders.",
      "Could you review our data model before we load five years of invoices into it?",
      "We need a small team for a warehouse project, three months, starting in spring.",
    ],
    "Web Development": [
      "Our booking form loses people on the second step, most of all on phones. The current screens are attached.",
      "We would like to rebuild the members' area: sign-in, invoices, a few forms. Nothing fancy, but accessible.",
      "Is it possible to keep our editors' system and give the site a faster front end?",
    ],
    Dashboards: [
      "The board asks for numbers every Monday and we still paste them together by hand.",
      "We would like charts that our sales people can filter themselves, and that agree with the lists behind them.",
      "Can you connect a dashboard to our existing PostgreSQL without another copy of the data?",
    ],
    "Security Review": [
      "A customer sent us a questionnaire with 180 questions about security and we need help with about half of them.",
      "We plan to open our programming interface to partners and want a review of the sign-in beforehand.",
      "After a phishing incident last week we would like an outside look at our accounts and permissions.",
    ],
    Training: [
      "We are looking for a two-day course on PostgreSQL for eight developers, ideally at our office.",
      "Do you also offer training on query plans and indexes? Our team has some basics.",
    ],
    other: [
      "Could somebody call me back? It is easier to explain on the phone.",
      "I could not find the right topic in the list, so here is the question: do you also take over existing projects?",
      "Please send me your current price list.",
    ],
  },
  circumstances: [
    "We have about 120 employees and one small IT team.",
    "The requirements are attached as a PDF.",
    "We would like to start before the end of the quarter.",
    "There is no hurry, but the budget has to be planned this year.",
    "A colleague of mine recommended you.",
    "Everything has to stay within the European Union.",
    "We already have two other offers.",
    "A rough estimate would be enough for now.",
    "",
    "",
  ],
  farewells: ["Kind regards", "Thank you!", "Best wishes", "Looking forward to your answer.", "Thanks in advance", ""],
};

const de: Phrases = {
  openings: ["Guten Tag,", "Hallo zusammen,", "Sehr geehrte Damen und Herren,", "Moin,", ""],
  needs: {
    "Cloud Architecture": [
      "wir möchten unsere Anwendung von zwei gemieteten Servern in die Cloud umziehen und suchen dafür einen Plan ohne Ausfallzeit.",
      "unsere Cloud-Rechnung hat sich verdoppelt. Könnten Sie sich die Architektur mit uns ansehen?",
    ],
    "DevOps Consulting": [
      "jede Veröffentlichung kostet uns einen ganzen Tag Handarbeit. Wir suchen Hilfe beim Aufbau einer Pipeline.",
      "wir betreiben elf Dienste in Kubernetes und brauchen dringend Unterstützung.",
    ],
    "Data Engineering": [
      "unser nächtlicher Datenabgleich wird nicht mehr rechtzeitig fertig. Können Sie uns dabei helfen?",
      "wir erfassen Messwerte von 300 Maschinen und möchten sie zusammen mit den Aufträgen auswerten.",
    ],
    "Web Development": [
      "unser Buchungsformular verliert viele Besucher im zweiten Schritt, vor allem auf dem Telefon.",
      "wir möchten den Mitgliederbereich neu bauen: Anmeldung, Rechnungen, ein paar Formulare, barrierefrei.",
    ],
    Dashboards: [
      "die Geschäftsführung möchte jeden Montag Zahlen, und wir kleben sie noch von Hand zusammen.",
      "wir wünschen uns Auswertungen, die der Vertrieb selbst filtern kann.",
    ],
    "Security Review": [
      "ein Kunde hat uns einen Fragebogen zur Informationssicherheit geschickt, bei dem wir Hilfe brauchen.",
      "wir öffnen unsere Schnittstelle für Partner und hätten vorher gern eine Prüfung.",
    ],
    Training: [
      "wir suchen eine zweitägige PostgreSQL-Schulung für acht Entwicklerinnen und Entwickler bei uns im Haus.",
    ],
    other: [
      "bitte rufen Sie mich zurück, am Telefon lässt es sich leichter erklären.",
      "bitte senden Sie mir Ihre aktuelle Preisliste.",
    ],
  },
  circumstances: [
    "Die Anforderungen finden Sie im Anhang.",
    "Wir sind rund 120 Beschäftigte mit einer kleinen IT.",
    "Der Start soll noch in diesem Quartal sein.",
    "Die Daten müssen in der EU bleiben.",
    "",
  ],
  farewells: ["Mit freundlichen Grüßen", "Viele Grüße", "Besten Dank im Voraus", ""],
};

const fr: Phrases = {
  openings: ["Bonjour,", "Madame, Monsieur,", "Bonjour à toute l'équipe,", ""],
  needs: {
    "Cloud Architecture": [
      "nous souhaitons migrer notre application vers le cloud sans interruption et cherchons un accompagnement.",
    ],
    "DevOps Consulting": [
      "chaque mise en production nous prend une journée entière. Pouvez-vous nous aider à l'automatiser ?",
    ],
    "Data Engineering": [
      "notre traitement de nuit ne se termine plus à temps ; nous aimerions revoir toute la chaîne.",
    ],
    "Web Development": ["nous voulons refaire notre espace client : connexion, factures, quelques formulaires."],
    Dashboards: ["la direction demande des chiffres chaque lundi et nous les assemblons encore à la main."],
    "Security Review": ["nous ouvrons notre interface à des partenaires et souhaitons un audit au préalable."],
    Training: ["proposez-vous une formation PostgreSQL de deux jours pour huit personnes ?"],
    other: ["pourriez-vous me rappeler ? C'est plus simple à expliquer au téléphone."],
  },
  circumstances: [
    "Le cahier des charges est en pièce jointe.",
    "Nous sommes une équipe de douze personnes.",
    "Le budget doit être validé en décembre.",
    "",
  ],
  farewells: ["Cordialement", "Merci d'avance", "Bien à vous", ""],
};

const es: Phrases = {
  openings: ["Buenos días:", "Hola,", "Estimado equipo:", ""],
  needs: {
    "Cloud Architecture": ["queremos llevar nuestra aplicación a la nube sin parar el servicio y necesitamos un plan."],
    "DevOps Consulting": ["cada despliegue nos cuesta un día entero. ¿Pueden ayudarnos a automatizarlo?"],
    "Data Engineering": ["el proceso nocturno ya no termina a tiempo y queremos revisar el modelo de datos."],
    "Web Development": ["nuestro formulario de reservas pierde usuarios en el segundo paso, sobre todo en el móvil."],
    Dashboards: ["la dirección pide cifras cada lunes y todavía las preparamos a mano."],
    "Security Review": ["vamos a abrir nuestra interfaz a socios y queremos una revisión de seguridad antes."],
    Training: ["buscamos un curso de PostgreSQL de dos días para ocho personas."],
    other: ["¿podrían llamarme? Es más fácil explicarlo por teléfono."],
  },
  circumstances: ["Adjunto los requisitos.", "Somos unas 80 personas.", "Nos gustaría empezar este trimestre.", ""],
  farewells: ["Un saludo", "Muchas gracias", "Saludos cordiales", ""],
};

const ja: Phrases = {
  openings: ["お世話になっております。", "はじめまして。", "突然のご連絡失礼いたします。", ""],
  needs: {
    "Cloud Architecture": [
      "社内システムをクラウドへ移行したいと考えております。無停止での移行計画についてご相談できますでしょうか。",
    ],
    "DevOps Consulting": ["リリース作業に毎回丸一日かかっており、自動化を検討しています。"],
    "Data Engineering": ["夜間のデータ連携が朝までに終わらなくなりました。見直しをお願いできますか。"],
    "Web Development": ["会員ページを作り直したいと考えています。お見積りをお願いいたします。"],
    Dashboards: ["毎週月曜日の経営会議用の数字を手作業でまとめています。ダッシュボード化をご相談したいです。"],
    "Security Review": ["取引先から情報セキュリティに関する質問票が届き、回答を手伝っていただきたいです。"],
    Training: ["PostgreSQLの研修を8名で受講したいのですが、日程はありますか。"],
    other: ["料金表をお送りいただけますでしょうか。"],
  },
  circumstances: ["要件は添付の資料をご覧ください。", "来月中に始められれば幸いです。", "社員は約120名です。", ""],
  farewells: ["よろしくお願いいたします。", "ご連絡をお待ちしております。", ""],
};

const pt: Phrases = {
  openings: ["Bom dia,", "Olá,", ""],
  needs: {
    "Cloud Architecture": ["queremos migrar a nossa aplicação para a nuvem sem interrupção."],
    "DevOps Consulting": ["cada publicação demora um dia inteiro; precisamos de ajuda para automatizar."],
    "Data Engineering": ["o nosso processo noturno já não termina a tempo."],
    "Web Development": ["gostaríamos de refazer a área de clientes do nosso site."],
    Dashboards: ["precisamos de painéis que a equipa comercial possa filtrar sozinha."],
    "Security Review": ["queremos uma revisão de segurança antes de abrir a nossa interface."],
    Training: ["oferecem formação em PostgreSQL para oito pessoas?"],
    other: ["podem ligar-me? É mais fácil explicar por telefone."],
  },
  circumstances: ["Os requisitos seguem em anexo.", "Somos cerca de 60 pessoas.", ""],
  farewells: ["Com os melhores cumprimentos", "Obrigado", ""],
};

const it: Phrases = {
  openings: ["Buongiorno,", "Salve,", ""],
  needs: {
    "Cloud Architecture": ["vorremmo spostare la nostra applicazione nel cloud senza interruzioni."],
    "DevOps Consulting": ["ogni rilascio ci costa un giorno intero; cerchiamo aiuto per automatizzarlo."],
    "Data Engineering": ["l'elaborazione notturna non finisce più in tempo."],
    "Web Development": ["il nostro modulo di prenotazione perde molti utenti al secondo passo."],
    Dashboards: ["la direzione chiede i numeri ogni lunedì e li raccogliamo ancora a mano."],
    "Security Review": ["vorremmo una verifica di sicurezza prima di aprire l'interfaccia ai partner."],
    Training: ["offrite un corso PostgreSQL di due giorni per otto persone?"],
    other: ["potreste richiamarmi? È più semplice spiegare al telefono."],
  },
  circumstances: ["I requisiti sono in allegato.", "Siamo circa 50 persone.", ""],
  farewells: ["Cordiali saluti", "Grazie mille", ""],
};

const ar: Phrases = {
  openings: ["السلام عليكم،", "مرحباً،", ""],
  needs: {
    "Cloud Architecture": ["نرغب في نقل نظامنا إلى السحابة دون توقف، ونحتاج إلى خطة وتقدير للتكلفة."],
    "DevOps Consulting": ["يستغرق كل إصدار يوماً كاملاً من العمل اليدوي، ونود أتمتة ذلك."],
    "Data Engineering": ["لم تعد معالجة البيانات الليلية تنتهي في الوقت المحدد."],
    "Web Development": ["نريد إعادة بناء صفحة العملاء على موقعنا."],
    Dashboards: ["نحتاج إلى لوحات بيانات يستطيع فريق المبيعات تصفيتها بنفسه."],
    "Security Review": ["نود مراجعة أمنية قبل فتح واجهتنا للشركاء."],
    Training: ["هل تقدمون دورة PostgreSQL لثمانية أشخاص؟"],
    other: ["هل يمكن لأحد أن يتصل بي؟"],
  },
  circumstances: ["المتطلبات مرفقة.", ""],
  farewells: ["مع التحية", "شكراً لكم", ""],
};

export const phrases: Record<Language, Phrases> = { en, de, fr, es, ja, pt, it, ar };

export const spamMessages = [
  "Get your website to page one in 7 days!!! 100% guaranteed. Reply YES for a free audit.",
  "Dear owner, we noticed your domain is not ranking. 5,000 backlinks only $49 today.",
  "Congratulations! You were selected for a business loan at 1.9 %. No documents needed. Act now.",
  "Hi, I can write 20 guest posts for your blog, real human traffic, price on request http://seo-boost.example/offer",
  "Crypto trading robot earns 300 % a month. Our members are already rich. Join the channel.",
  "BUY CHEAP SOFTWARE LICENCES ORIGINAL KEY INSTANT DELIVERY www.keys4u.example",
];
