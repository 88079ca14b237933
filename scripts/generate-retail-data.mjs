// Writes the raw feeds of the example warehouse: data/{pos,orders,inventory} and seeds/customers.csv.
//
//   node scripts/generate-retail-data.mjs                        the feeds as committed, to 2025-09-30
//   node scripts/generate-retail-data.mjs --until 2025-10-02     two more days: new files, and the old ones as they were
//   node scripts/generate-retail-data.mjs --until 2025-10-02 --replay 2025-10-01    on one of them the tills send everything twice
//
// Five shops and a web shop sell for nine months. First comes the truth (who bought what, what is on the shelf), then the
// damage that real feeds do to it. All chance comes from generators seeded by name, so every run writes the same bytes.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FIRST_DAY = '2025-01-01';
const LAST_DAY = '2025-09-30';
/** Before this day a feed delivers one file a month, from this day one file a day. */
const DAILY_SINCE = '2025-09-01';
/** The tills' upload failed: the day's file is empty and its rows come two days later. */
const EMPTY_POS_DAY = '2025-09-10';
/** The tills' upload ran twice: the next day's file starts with all of this day's rows again. */
const REPEATED_POS_DAY = '2025-09-18';
/** Nobody counted London's stock on this Monday. */
const MISSED_COUNT = { store: 'LON', day: '2025-06-16' };
/** Sold, but not yet in seeds/products.csv. */
const NEW_PRODUCT = { code: 'P-1061', price: 17.95, launched: '2025-09-22', discontinued: '' };
/** A gift card: the tills know it, the product master never will. */
const GIFT_CARD = 'P-9901';

const { values: options } = parseArgs({
  options: {
    until: { type: 'string', default: LAST_DAY },
    /** A day on which the tills send what they have sent a second time, under new receipt numbers. */
    replay: { type: 'string' },
  },
});
if (!/^\d{4}-\d{2}-\d{2}$/.test(options.until) || options.until < LAST_DAY || options.until > '2025-12-31') {
  console.error(`--until must be a day from ${LAST_DAY} to 2025-12-31, got "${options.until}"`);
  process.exit(1);
}

// ---- chance, days, seeds --------------------------------------------------------------------------------------------

/** A small generator (mulberry32), seeded by a name. */
function chance(name) {
  let state = 2166136261;
  for (const char of name) state = Math.imul(state ^ char.charCodeAt(0), 16777619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (low, high) => low + Math.floor(next() * (high - low + 1));
  return { next, whole, oneOf: (list) => list[whole(0, list.length - 1)] };
}

const addDays = (day, count) => new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
const weekday = (day) => new Date(day).getUTCDay();
const two = (number) => String(number).padStart(2, '0');

function readSeed(name) {
  const [header, ...lines] = readFileSync(join(ROOT, 'seeds', `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const columns = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((text, i) => [columns[i], text.trim()])));
}

const stores = readSeed('stores');
const holidays = new Set(readSeed('holidays').map((row) => row.holiday_date + row.country_code));
const rates = readSeed('exchange_rates');
const products = readSeed('products').map((row, i) => ({
  code: row.product_code.toUpperCase(),
  price: Number(row.list_price_eur),
  launched: row.launched_on,
  discontinued: row.discontinued_on,
  popularity: (0.3 + ((i * 7) % 11) / 5) * (row.list_price_eur > 60 ? 0.15 : row.list_price_eur > 20 ? 0.5 : 1),
}));

const isOpen = (store, day) =>
  store.opened_on <= day &&
  (store.open_on_sunday === 'true' || weekday(day) !== 0) &&
  (store.channel === 'web' || !holidays.has(day + store.country_code));

const onSale = (day) =>
  [...products, { ...NEW_PRODUCT, popularity: 1.5 }].filter(
    (product) => product.launched <= day && (product.discontinued === '' || day <= product.discontinued),
  );

function localPrice(euros, currency, day) {
  if (currency === 'EUR') return euros;
  const rate = rates.filter((row) => row.currency_code === currency && row.valid_from <= day).at(-1).rate_to_eur;
  return Math.max(0.05, Math.round((euros / rate) * 20) / 20);
}

// ---- files ----------------------------------------------------------------------------------------------------------

const files = new Map();

/** Puts a record into the file that its feed sends on a day. Records sent after the last day are not there yet. */
function send(feed, sentOn, text) {
  const day = feed === 'pos' && sentOn === EMPTY_POS_DAY && text !== null ? addDays(sentOn, 2) : sentOn;
  if (day > options.until) return;
  const period = day < DAILY_SINCE ? day.slice(0, 7) : day;
  const path = `data/${feed}/${feed}_${period}.${feed === 'orders' ? 'jsonl' : 'csv'}`;
  if (!files.has(path)) files.set(path, []);
  if (text === null) return;
  files.get(path).push({ day, text });
  if (feed === 'pos' && day === options.replay) files.get(path).push({ day, text: text.replace('-', '-R') });
}

const csv = (fields) =>
  fields.map((field) => (/[",\n]/.test(String(field)) ? `"${String(field).replaceAll('"', '""')}"` : field)).join(',');

const HEADERS = {
  pos: 'transaction_id,line_no,store_code,sold_at,line_type,product_code,quantity,unit_price,discount,currency,customer_id,version',
  inventory: 'counted_on,store_code,product_code,units_on_hand,count_no',
};

/** How often each fault was planted, for the summary. */
const planted = new Map();
/** True for every `period`-th record: rare faults are certain to occur, and to occur in the same places. */
function fault(name, number, period, offset) {
  if (number % period !== offset % period) return false;
  planted.set(name, (planted.get(name) ?? 0) + 1);
  return true;
}

// ---- customers ------------------------------------------------------------------------------------------------------

const FIRST_NAMES =
  'Anna Bram Carla Daan Elif Femke Georg Hanna Igor Julia Koen Lena Mats Nadia Oscar Petra Quinten Rosa Stijn Tess Ugo Vera Wim Yara'.split(
    ' ',
  );
const LAST_NAMES =
  'Baker Claes Dijkstra Evans Fischer Geerts Huber Jansen Keller Lambert Meier Novak Owen Peeters Roth Smit Turner Vermeer Weber Young'.split(
    ' ',
  );
const COUNTRIES = [
  ['NL', 'Netherlands'],
  ['BE', 'Belgium'],
  ['DE', 'Germany'],
  ['GB', 'United Kingdom'],
  ['CH', 'Switzerland'],
];

const customers = Array.from({ length: 400 }, (_, i) => {
  const { whole, oneOf } = chance(`customer ${i}`);
  const name = `${oneOf(FIRST_NAMES)} ${oneOf(LAST_NAMES)}`;
  return {
    id: `C${String(i + 1).padStart(4, '0')}`,
    name,
    email: `${name.toLowerCase().replace(' ', '.')}${i + 1}@example.com`,
    country: COUNTRIES[[0, 0, 1, 2, 2, 3, 3, 4][whole(0, 7)]],
    since: i < 280 ? addDays('2019-03-01', whole(0, 2130)) : addDays(FIRST_DAY, whole(0, 250)),
    consent: oneOf(['yes', 'yes', 'no']),
  };
});

/** The CRM's export: some customers twice (the newest row is right), in several spellings, and two rows without an id. */
function customerRows() {
  const rows = [];
  customers.forEach((customer, i) => {
    const { id, name, email, country, since, consent } = customer;
    const [year, month, date] = since.split('-');
    const row = {
      id: fault('customer: id in lower case, padded', i, 41, 4) ? ` ${id.toLowerCase()}` : id,
      name: fault('customer: name in capitals', i, 29, 3) ? name.toUpperCase() : name,
      email: fault('customer: no usable e-mail', i, 57, 6) ? ['n/a', '', 'no mail'][i % 3] : email,
      country: fault('customer: country by name', i, 13, 5)
        ? country[1]
        : fault('customer: country in lower case', i, 17, 8)
          ? country[0].toLowerCase()
          : country[0],
      since: fault('customer: date as DD/MM/YYYY', i, 9, 2) ? `${date}/${month}/${year}` : since,
      consent: fault('customer: consent as Y/1/blank', i, 11, 7) ? { yes: 'Y', no: '' }[consent] : consent,
      updated: `${addDays(since, 1)} 08:00:00`,
    };
    if (fault('customer: moved, older row kept', i, 23, 9)) {
      rows.push({ ...row, email: `old.${email}`, country: COUNTRIES[(i + 1) % 5][0] });
      row.updated = `${addDays(since, 90)} 17:30:00`;
    }
    rows.push(row);
    if (fault('customer: row twice', i, 47, 10)) rows.push(row);
    if (fault('customer: row without id', i, 199, 100)) rows.push({ ...row, id: '' });
  });
  return rows.map((row) => csv([row.id, row.name, row.email, row.country, row.since, row.consent, row.updated]));
}

function pickCustomer(day, country, { next }) {
  for (;;) {
    const customer = customers[Math.floor(400 * next() ** 1.6)];
    if (customer.since < day && (country === undefined || customer.country[0] === country || next() < 0.05))
      return customer;
  }
}

// ---- stock ----------------------------------------------------------------------------------------------------------

const stock = new Map();
const shelf = (store, product) => `${store.store_code}|${product.code}`;
const target = (store, product) => Math.round((store.channel === 'web' ? 22 : 12) * product.popularity) + 2;

/** Monday before opening: the delivery comes in, then the shelves are counted. */
function deliverAndCount(store, day, counted) {
  const { next, whole } = chance(`count ${store.store_code} ${day}`);
  for (const product of onSale(day)) {
    if (product.code === NEW_PRODUCT.code) continue;
    const key = shelf(store, product);
    const full = target(store, product);
    let units = stock.get(key) ?? full;
    if (units > 0 && next() < 0.01) units -= 1; // shoplifting
    if (units < full * 0.4 && next() < 0.8) units = full;
    stock.set(key, units);
    if (store.store_code === MISSED_COUNT.store && day === MISSED_COUNT.day) continue;

    const n = counted.number++;
    const row = [day, store.store_code, product.code, units, 1];
    if (fault('inventory: noisy product code', n, 97, 4)) row[2] = ` ${product.code.toLowerCase()} `;
    if (fault('inventory: unknown product', n, 1409, 15)) row[2] = 'P-7777';
    if (fault('inventory: negative count', n, 457, 20)) row[3] = -whole(1, 5);
    if (fault('inventory: count is not a number', n, 911, 30)) row[3] = ['n/a', '', '?'][n % 3];
    if (fault('inventory: bad date', n, 2111, 45)) row[0] = '2025-13-01';
    if (fault('inventory: miscounted, counted again', n, 211, 50)) {
      send('inventory', day, csv([...row.slice(0, 3), units + whole(5, 20), 1]));
      row[4] = 2;
    }
    const late = fault('inventory: late row', n, 1201, 60) ? whole(8, 30) : 0;
    send('inventory', addDays(day, late), csv(row));
    if (fault('inventory: row twice', n, 307, 70)) send('inventory', day, csv(row));
  }
}

const putBack = (store, code, units) => {
  const key = `${store.store_code}|${code}`;
  stock.set(key, (stock.get(key) ?? 0) + units);
};

/** What a customer takes: something that is there, one piece or a few. */
function takeOne(store, day, { next, oneOf }) {
  for (let attempt = 0; attempt < 12; attempt++) {
    const product = oneOf(onSale(day));
    if (next() > product.popularity / 2.4) continue;
    const units = product.price < 15 ? oneOf([1, 1, 1, 1, 1, 2, 2, 3]) : 1;
    if (product.code !== NEW_PRODUCT.code && (stock.get(shelf(store, product)) ?? 0) < units) continue;
    putBack(store, product.code, -units);
    return { ...product, units };
  }
  return undefined;
}

// ---- tills ----------------------------------------------------------------------------------------------------------

const tills = { transactions: 0, lines: 0 };
const TRANSACTIONS_A_DAY = { AMS: 7, ANR: 5, BER: 6, LON: 6, ZRH: 4 };

/** Each till writes dates its own way; Berlin's also decimals, until its new software in July. */
function asTill(store, day, time, amount) {
  const [year, month, date] = day.split('-');
  if (store.store_code === 'LON') return { soldAt: `${date}/${month}/${year} ${time.slice(0, 5)}`, money: amount };
  if (store.store_code === 'BER' && day < '2025-07-01')
    return { soldAt: `${date}.${month}.${year} ${time}`, money: amount.replace('.', ',') };
  return { soldAt: `${day} ${time}`, money: amount };
}

function sellInStore(store, day) {
  const random = chance(`pos ${store.store_code} ${day}`);
  const busy =
    [0.7, 0.8, 0.8, 0.9, 1, 1.3, 1.6][weekday(day)] * (1 + 0.15 * Math.sin((Number(day.slice(5, 7)) / 12) * 6.28));
  const count = Math.round(TRANSACTIONS_A_DAY[store.store_code] * busy * (0.7 + 0.6 * random.next()));
  const times = Array.from(
    { length: count },
    () => `${two(random.whole(9, 19))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}`,
  );
  for (const time of times.sort()) ringUp(store, day, time, random);
}

function ringUp(store, day, time, random) {
  const t = tills.transactions++;
  const id = `${store.store_code}-${String(t + 1).padStart(6, '0')}`;
  const isReturn = random.next() < 0.03;
  let customer = random.next() < 0.45 ? pickCustomer(day, store.country_code, random).id : '';
  if (customer && fault('pos: unknown customer', t, 211, 9)) customer = `C9${random.whole(100, 999)}`;
  if (customer && fault('pos: customer id in lower case', t, 61, 3)) customer = customer.toLowerCase();

  let sentOn = day;
  if (fault('pos: late transaction', t, 61, 13)) sentOn = addDays(day, random.whole(2, 25));
  const size = isReturn ? 1 : random.oneOf([1, 1, 2, 2, 3, 4]);
  for (let line = 1; line <= size; line++) {
    const product = takeOne(store, day, random);
    if (product === undefined) continue;
    if (isReturn) {
      putBack(store, product.code, product.units); // what takeOne took
      putBack(store, product.code, product.units); // what the customer brought
    }
    const price = localPrice(product.price, store.currency_code, day);
    sendTillLine(store, day, sentOn, random, {
      ...{
        id,
        line,
        type: isReturn ? 'RETURN' : 'SALE',
        product: product.code,
        quantity: isReturn ? -product.units : product.units,
      },
      ...{
        price: price.toFixed(2),
        discount: !isReturn && random.next() < 0.08 ? (price * product.units * 0.1).toFixed(2) : '0.00',
      },
      ...{ currency: store.currency_code, customer, version: 1, store: store.store_code, day, time },
    });
  }
}

/** One true line, as the feed delivers it: damaged, noisy, twice, or wrong first and corrected later. */
function sendTillLine(store, day, sentOn, random, truth) {
  const n = tills.lines++;
  const emit = (on, changes) => {
    const row = { ...truth, ...changes };
    const { soldAt } = asTill(store, row.day, row.time, '');
    const money = (amount) => asTill(store, day, '', amount).money;
    const text = csv([
      ...[row.id, row.line, row.store, row.soldAt ?? soldAt, row.type, row.product, row.quantity],
      ...[money(row.price), money(row.discount), row.currency, row.customer, row.version],
    ]);
    send('pos', on, text);
    return text;
  };
  const later = () => addDays(sentOn, random.whole(1, 12));

  // A wrong line, corrected (or voided) by a line with a higher version.
  if (fault('pos: quantity corrected', n, 83, 17)) {
    emit(sentOn, { quantity: truth.quantity * 3 });
    return emit(later(), { version: 2 });
  }
  if (fault('pos: price corrected twice', n, 709, 18)) {
    emit(sentOn, { price: (truth.price * 1.5).toFixed(2) });
    const second = later();
    emit(second, { price: (truth.price * 1.2).toFixed(2), version: 2 });
    return emit(addDays(second, 1), { version: 3 });
  }
  if (fault('pos: voided', n, 613, 23)) {
    if (truth.type === 'SALE') putBack(store, truth.product, truth.quantity);
    emit(sentOn, {});
    return emit(later(), { type: 'VOID', version: 2 });
  }
  if (fault('pos: correction is itself broken', n, 3001, 41)) {
    emit(sentOn, {});
    return emit(later(), { soldAt: '00/00/0000 00:00', version: 2, quantity: 99 });
  }

  // A line that has to be refused; every second one is repaired by a later version.
  const refused = refusal(n, truth);
  if (refused) {
    emit(sentOn, refused);
    if (n % 2 === 0 && truth.id !== '' && refused.id === undefined) emit(later(), { version: 2 });
    return undefined;
  }

  // A good line, with the noise of the tills.
  const noisy = {};
  if (fault('pos: unknown product (gift card)', n, 701, 50)) Object.assign(noisy, { product: GIFT_CARD });
  else if (fault('pos: product code mistyped', n, 2203, 60))
    Object.assign(noisy, { product: truth.product.replace('0', 'O') });
  else if (fault('pos: noisy product code', n, 67, 5))
    Object.assign(noisy, { product: [` ${truth.product}`, truth.product.toLowerCase()][n % 2] });
  if (fault('pos: store code in lower case', n, 211, 7)) noisy.store = `${truth.store.toLowerCase()} `;
  if (fault('pos: line type in mixed case', n, 331, 8))
    noisy.type = ` ${truth.type[0]}${truth.type.slice(1).toLowerCase()}`;
  if (fault('pos: currency in lower case', n, 149, 9)) noisy.currency = truth.currency.toLowerCase();
  if (fault('pos: currency missing', n, 401, 10)) noisy.currency = '';
  if (truth.currency === 'EUR' && fault('pos: currency as a sign', n, 521, 12)) noisy.currency = '€';
  emit(sentOn, noisy);
  if (fault('pos: line twice', n, 199, 11)) emit(sentOn, noisy);
  if (sentOn === REPEATED_POS_DAY) emit(addDays(sentOn, 1), noisy);
  return undefined;
}

function refusal(n, truth) {
  if (fault('pos: unparsable date', n, 1201, 100))
    return { soldAt: ['0000-00-00 00:00:00', '2025-02-30 12:00:00', 'n/a', '31/31/2025 10:00', ''][n % 5] };
  if (fault('pos: date in the future', n, 3701, 300)) return { day: `2052${truth.day.slice(4)}` };
  if (fault('pos: till clock at 1970', n, 4001, 500)) return { day: '1970-01-01', time: '00:00:00' };
  if (truth.type === 'SALE' && fault('pos: negative quantity on a sale', n, 1301, 200))
    return { quantity: -truth.quantity };
  if (fault('pos: negative price', n, 2101, 400)) return { price: `-${truth.price}` };
  if (fault('pos: bar code typed as quantity', n, 2503, 600)) return { quantity: 8711000 };
  if (fault('pos: unknown currency', n, 3001, 700)) return { currency: ['XXX', 'DEM'][n % 2] };
  if (fault('pos: product code missing', n, 2903, 800)) return { product: '' };
  if (fault('pos: transaction id missing', n, 4507, 900)) return { id: '' };
  if (fault('pos: number unreadable', n, 3307, 1000)) return [{ price: 'ERR' }, { quantity: '1x' }][n % 2];
  if (fault('pos: unknown store', n, 3803, 1100)) return { store: 'XX9' };
  if (fault('pos: discount above the amount', n, 3499, 1200))
    return { discount: (truth.price * Math.abs(truth.quantity) * 10).toFixed(2) };
  return undefined;
}

// ---- web shop -------------------------------------------------------------------------------------------------------

const web = { store: stores.find((store) => store.channel === 'web'), orders: 0, lines: 0 };

function sellOnline(day) {
  const random = chance(`web ${day}`);
  const count = Math.round(6.5 * (0.6 + 0.8 * random.next()));
  const times = Array.from(
    { length: count },
    () => `${two(random.whole(0, 23))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}`,
  );
  for (const time of times.sort()) placeOrder(day, time, random);
}

function placeOrder(day, time, random) {
  const o = web.orders++;
  const id = `W-${100001 + o}`;
  const customer = pickCustomer(day, undefined, random);
  const currency = customer.country[0] === 'GB' ? 'GBP' : 'EUR';
  const header = {
    type: 'order',
    order_id: id,
    customer_id: random.next() < 0.18 ? null : customer.id,
    ordered_at: `${day}T${time}Z`,
    status: 'paid',
    currency,
    updated_at: `${day}T${time}Z`,
  };
  if (fault('web: customer id in lower case', o, 89, 4)) header.customer_id = header.customer_id?.toLowerCase() ?? null;
  if (fault('web: date as epoch milliseconds', o, 43, 5)) header.ordered_at = Date.parse(`${day}T${time}Z`);
  if (currency === 'EUR' && fault('web: currency missing', o, 127, 6)) delete header.currency;
  if (fault('web: unparsable date', o, 599, 70)) header.ordered_at = 'yesterday';

  const json = JSON.stringify;
  const late = fault('web: header comes later than its lines', o, 151, 40) ? random.whole(3, 20) : 0;
  if (fault('web: header never comes (orphan lines)', o, 433, 33));
  else if (fault('web: header cut off (broken JSON)', o, 389, 20)) send('orders', day, json(header).slice(0, 74));
  else send('orders', addDays(day, late), json(header));
  if (fault('web: header twice', o, 71, 8)) send('orders', day, json(header));

  const size = fault('web: order without lines', o, 601, 55) ? 0 : random.oneOf([1, 1, 2, 2, 3, 4]);
  const cancelled = fault('web: cancelled', o, 37, 7);
  for (let line = 1; line <= size; line++) {
    const product = takeOne(web.store, day, random);
    if (product === undefined) continue;
    if (cancelled) putBack(web.store, product.code, product.units);
    const price = localPrice(product.price, currency, day);
    const n = web.lines++;
    const row = {
      type: 'line',
      order_id: id,
      line_no: line,
      sku: product.code,
      qty: product.units,
      price,
      discount: random.next() < 0.1 ? Math.round(price * product.units * 10) / 100 : 0,
    };
    if (fault('web: noisy product code', n, 83, 9)) row.sku = ` ${product.code.toLowerCase()}`;
    else if (fault('web: unknown product', n, 811, 10)) row.sku = 'P-8888';
    if (fault('web: price as text', n, 59, 11)) row.price = price.toFixed(2);
    if (fault('web: negative price', n, 1201, 12)) row.price = -price;
    if (fault('web: quantity zero', n, 1409, 13)) row.qty = 0;
    send('orders', day, fault('web: line cut off (broken JSON)', n, 1297, 14) ? json(row).slice(0, 41) : json(row));
    if (fault('web: line twice', n, 113, 15)) send('orders', day, json(row));
  }

  // A header comes again when its status changes.
  const change = (status, days) => {
    const on = addDays(day, days);
    send('orders', on, json({ ...header, status, updated_at: `${on}T09:00:00Z` }));
  };
  if (o % 9 === 2) change('shipped', 2);
  if (cancelled) change('cancelled', random.whole(1, 6));
}

// ---- the run --------------------------------------------------------------------------------------------------------

const counted = { number: 0 };
for (let day = FIRST_DAY; day <= options.until; day = addDays(day, 1)) {
  for (const store of stores) {
    if (store.opened_on > day) continue;
    const opensToday = store.opened_on === day || day === FIRST_DAY;
    if (weekday(day) === 1 || opensToday) deliverAndCount(store, day, counted);
  }
  for (const store of stores) if (store.channel === 'store' && isOpen(store, day)) sellInStore(store, day);
  sellOnline(day);
}
send('pos', EMPTY_POS_DAY, null);

for (const feed of ['pos', 'orders', 'inventory']) {
  const folder = join(ROOT, 'data', feed);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.startsWith(`${feed}_2025-`)) rmSync(join(folder, name)); // of an earlier run
}

for (const [path, records] of files) {
  const feed = path.split('/')[1];
  const lines = records.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).map((record) => record.text);
  if (feed === 'pos' && lines.length > 0) lines.push(csv(['END', lines.length])); // the tills' trailer
  if (feed === 'inventory') lines.push(csv(['TOTAL', '', '', lines.length]));
  if (HEADERS[feed] && lines.length > 0) lines.unshift(HEADERS[feed]);
  writeFileSync(join(ROOT, path), lines.map((line) => `${line}\n`).join(''));
}
const customerHeader = 'customer_id,full_name,email,country,registered_on,marketing_consent,updated_at';
writeFileSync(join(ROOT, 'seeds/customers.csv'), `${[customerHeader, ...customerRows()].join('\n')}\n`);

console.log(
  `${files.size} files, ${tills.lines} till lines, ${web.orders} web orders with ${web.lines} lines, ${counted.number} counts`,
);
for (const [name, times] of [...planted].sort()) console.log(`${String(times).padStart(6)}  ${name}`);
