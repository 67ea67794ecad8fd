// Every way that we know by which a page, a worker or a service worker can say something to another machine. Each runs in
// the browser by its source text, so it uses nothing from outside itself.

export interface Target {
  /** A name of its own for each attempt, below outside.test; all are this machine's listener. */
  http: string;
  https: string;
  ws: string;
  wss: string;
  host: string;
  /** host:port of the UDP and TCP listener, for STUN and TURN. */
  stun: string;
}
type Attempt = (to: Target) => unknown;

/** These leave the page where it is; all are made at once. */
export const FROM_PAGE: Record<string, Attempt> = {
  'fetch': (to) => fetch(to.http, { mode: 'no-cors' }),
  'fetch-post': (to) => fetch(to.http, { mode: 'no-cors', method: 'POST', body: 'said' }),
  'fetch-keepalive': (to) => fetch(to.http, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'said' }),
  'fetch-later': (to) => (window as never as { fetchLater(url: string, o: object): void }).fetchLater(to.https, { activateAfter: 0 }),
  'fetch-in-query': (to) => fetch(`/?said=${to.host}`).then(() => fetch(`${to.http}?said`)),
  'xhr': (to) => {
    const request = new XMLHttpRequest();
    request.open('POST', to.http);
    request.send('said');
  },
  'beacon': (to) => navigator.sendBeacon(to.http, 'said'),
  'event-source': (to) => new EventSource(to.http),
  'websocket': (to) => new WebSocket(to.ws),
  'websocket-secure': (to) => new WebSocket(to.wss),
  'websocket-stream': (to) => new (window as never as { WebSocketStream: new (url: string) => unknown }).WebSocketStream(to.ws),
  'webtransport': (to) => new WebTransport(to.https),
  'webrtc-stun': async (to) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${to.stun}` }] });
    peer.createDataChannel('said');
    await peer.setLocalDescription(await peer.createOffer());
  },
  'webrtc-turn-tcp': async (to) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `turn:${to.stun}?transport=tcp`, username: 'said', credential: 'said' }] });
    peer.createDataChannel('said');
    await peer.setLocalDescription(await peer.createOffer());
  },
  'image': (to) => (new Image().src = to.http),
  'image-srcset': (to) => (new Image().srcset = `${to.http} 2x`),
  'picture': (to) => {
    const picture = document.createElement('picture');
    const source = document.createElement('source');
    source.srcset = to.http;
    picture.append(source, document.createElement('img'));
    document.body.append(picture);
  },
  'input-image': (to) => {
    const input = document.createElement('input');
    input.type = 'image';
    input.src = to.http;
    document.body.append(input);
  },
  'body-background': (to) => document.body.setAttribute('background', to.http),
  'attribution-source': (to) => {
    const image = new Image();
    image.setAttribute('attributionsrc', to.https);
    document.body.append(image);
  },
  'audio': (to) => new Audio(to.http).load(),
  'video': (to) => {
    const video = document.createElement('video');
    video.src = to.http;
    document.body.append(video);
  },
  'video-poster': (to) => {
    const video = document.createElement('video');
    video.poster = to.http;
    document.body.append(video);
  },
  'track': (to) => {
    const video = document.createElement('video');
    const track = document.createElement('track');
    track.src = to.http;
    track.default = true;
    video.append(track);
    video.crossOrigin = 'anonymous';
    document.body.append(video);
    if (video.textTracks[0]) video.textTracks[0].mode = 'showing';
  },
  'stylesheet': (to) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: to.http });
    document.head.append(link);
  },
  'style-import': (to) => {
    const style = document.createElement('style');
    style.textContent = `@import url("${to.http}");`;
    document.head.append(style);
  },
  'style-background': (to) => document.body.style.setProperty('background-image', `url("${to.http}")`),
  'style-cursor': (to) => document.body.style.setProperty('cursor', `url("${to.http}"), auto`),
  'style-mask': (to) => document.body.style.setProperty('mask-image', `url("${to.http}")`),
  'style-list': (to) => {
    const item = document.createElement('li');
    item.style.listStyleImage = `url("${to.http}")`;
    document.body.append(item);
  },
  'style-adopted': (to) => {
    const sheet = new CSSStyleSheet();
    sheet.insertRule(`html { border-image-source: url("${to.http}"); border-style: solid }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },
  'font-face': (to) => new FontFace('said', `url("${to.http}")`).load(),
  'svg-image': (to) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
    image.setAttribute('href', to.http);
    svg.append(image);
    document.body.append(svg);
  },
  'svg-filter': (to) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const filter = document.createElementNS('http://www.w3.org/2000/svg', 'filter');
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'feImage');
    image.setAttribute('href', to.http);
    filter.id = 'said';
    filter.append(image);
    svg.append(filter);
    document.body.append(svg);
    document.body.style.filter = 'url(#said)';
  },
  'iframe': (to) => document.body.append(Object.assign(document.createElement('iframe'), { src: to.http })),
  'iframe-about-blank': (to) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return (frame.contentWindow as Window & typeof globalThis).fetch(to.http, { mode: 'no-cors' });
  },
  'object': (to) => document.body.append(Object.assign(document.createElement('object'), { data: to.http })),
  'embed': (to) => document.body.append(Object.assign(document.createElement('embed'), { src: to.http })),
  'script': (to) => document.head.append(Object.assign(document.createElement('script'), { src: to.http })),
  'script-module': (to) => document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: to.http })),
  'import': (to) => import(to.http),
  'worker': (to) => new Worker(to.http),
  'worker-blob': (to) => new Worker(URL.createObjectURL(new Blob([`fetch(${JSON.stringify(to.http)}, { mode: "no-cors" })`]))),
  'worker-blob-import': (to) => new Worker(URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(to.http)})`]))),
  'worker-data': (to) => new Worker(`data:text/javascript,fetch(${JSON.stringify(to.http)},{mode:"no-cors"})`),
  'shared-worker': (to) => new SharedWorker(to.http),
  'service-worker': (to) => navigator.serviceWorker.register(to.http),
  'audio-worklet': (to) => new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(to.http),
  'cache-add': async (to) => (await caches.open('said')).add(new Request(to.http, { mode: 'no-cors' })),
  'background-fetch': async (to) => {
    const registration = (await navigator.serviceWorker.ready) as never as { backgroundFetch: { fetch(id: string, url: string): Promise<unknown> } };
    return registration.backgroundFetch.fetch('said', to.https);
  },
  'link-preload': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: to.http })),
  'link-prefetch': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: to.http })),
  'link-modulepreload': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: to.http })),
  'link-preconnect': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: to.http })),
  'link-dns-prefetch': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'dns-prefetch', href: to.http })),
  'link-icon': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: to.http })),
  'link-manifest': (to) => {
    document.querySelector('link[rel=manifest]')?.remove();
    document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: to.http }));
  },
  'link-prerender': (to) => document.head.append(Object.assign(document.createElement('link'), { rel: 'prerender', href: to.http })),
  'speculation-prefetch': (to) => {
    const rules = Object.assign(document.createElement('script'), { type: 'speculationrules' });
    rules.text = JSON.stringify({ prefetch: [{ source: 'list', urls: [to.http], requires: [], eagerness: 'immediate' }] });
    document.head.append(rules);
  },
  'speculation-prerender': (to) => {
    const rules = Object.assign(document.createElement('script'), { type: 'speculationrules' });
    rules.text = JSON.stringify({ prerender: [{ source: 'list', urls: [to.http], eagerness: 'immediate' }] });
    document.head.append(rules);
  },
  'payment-manifest': (to) => new PaymentRequest([{ supportedMethods: to.https }], { total: { label: 'said', amount: { currency: 'EUR', value: '1' } } }).canMakePayment(),
  'identity-provider': (to) => navigator.credentials.get({ identity: { providers: [{ configURL: to.https, clientId: 'said' }] } } as never),
  'window-open': (to) => window.open(to.http),
  'link-blank': (to) => {
    const link = Object.assign(document.createElement('a'), { href: to.http, target: '_blank' });
    document.body.append(link);
    link.click();
  },
  'link-download': (to) => {
    const link = Object.assign(document.createElement('a'), { href: to.http, download: 'said' });
    document.body.append(link);
    link.click();
  },
  'form-blank': (to) => {
    const form = Object.assign(document.createElement('form'), { action: to.http, method: 'post', target: '_blank' });
    document.body.append(form);
    form.submit();
  },
};

/** These take the page away, one at a time. */
export const FROM_PAGE_LEAVING: Record<string, Attempt> = {
  'location': (to) => location.assign(`${to.http}?said`),
  'link': (to) => {
    const link = Object.assign(document.createElement('a'), { href: to.http });
    document.body.append(link);
    link.click();
  },
  'link-ping': (to) => {
    const link = Object.assign(document.createElement('a'), { href: '/', ping: to.http });
    document.body.append(link);
    link.click();
  },
  'form-get': (to) => {
    const form = Object.assign(document.createElement('form'), { action: to.http });
    document.body.append(form);
    form.submit();
  },
  'form-post': (to) => {
    const form = Object.assign(document.createElement('form'), { action: to.http, method: 'post' });
    document.body.append(form);
    form.submit();
  },
  'meta-refresh': (to) => document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0; url=${to.http}` })),
};

/** From a worker's own scope; the service worker's as well. */
export const FROM_WORKER: Record<string, Attempt> = {
  'fetch': (to) => fetch(to.http, { mode: 'no-cors' }),
  'fetch-keepalive': (to) => fetch(to.http, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'said' }),
  'websocket': (to) => new WebSocket(to.ws),
  'webtransport': (to) => new WebTransport(to.https),
  'event-source': (to) => new EventSource(to.http),
  'import': (to) => import(to.http),
  'import-scripts': (to) => (globalThis as never as { importScripts(url: string): void }).importScripts(to.http),
  'cache-add': async (to) => (await caches.open('said')).add(new Request(to.http, { mode: 'no-cors' })),
  'nested-worker': (to) => new Worker(URL.createObjectURL(new Blob([`fetch(${JSON.stringify(to.http)}, { mode: "no-cors" })`]))),
  'xhr': (to) => {
    const request = new XMLHttpRequest();
    request.open('POST', to.http);
    request.send('said');
  },
  'font-face': (to) => new FontFace('said', `url("${to.http}")`).load(),
  'open-window': (to) => (globalThis as never as { clients: { openWindow(url: string): Promise<unknown> } }).clients.openWindow(to.http),
};
