'use strict';

const report = JSON.parse(document.getElementById('report').textContent);

/** Makes an element; whatever comes from the report is text, never markup. */
function element(tag, attributes, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {})) {
		made.setAttribute(name, value);
	}
	made.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
	return made;
}

/** Reads an ISO-8601 duration, such as PT1M2.5S or PT-0.5S, as milliseconds. */
function millis(duration) {
	const parts = /^P(?:(-?[\d.]+)D)?(?:T(?:(-?[\d.]+)H)?(?:(-?[\d.]+)M)?(?:(-?[\d.]+)S)?)?$/.exec(duration || '') || [];
	const [, days, hours, minutes, seconds] = parts.map((part) => Number(part) || 0);
	return (((days || 0) * 24 + (hours || 0)) * 60 + (minutes || 0)) * 60000 + (seconds || 0) * 1000;
}

function time(ms) {
	if (ms < 1) {
		return Math.round(ms * 1000) + ' µs';
	}
	return ms < 10000 ? Math.round(ms) + ' ms' : (ms / 1000).toFixed(1) + ' s';
}

function times(count) {
	return count === 1 ? 'once' : count + ' times';
}

function plural(count, noun) {
	return count + ' ' + noun + (count === 1 ? '' : 's');
}

function shortName(name) {
	return name.substring(name.lastIndexOf('.') + 1);
}

function placeOf(violation) {
	return violation.site || violation.offender;
}

/** Says where, as class and method, with the class's package left out. */
function siteName(violation) {
	const place = placeOf(violation);
	return place ? shortName(place.className) + (place.methodName ? '.' + place.methodName : '') : 'unknown code';
}

function line(place) {
	return (place.fileName || 'unknown source') + (place.lineNumber >= 0 ? ':' + place.lineNumber : '');
}

function textOf(violation) {
	const place = placeOf(violation);
	return [violation.id, violation.rule, violation.api, violation.route, violation.tolerated, violation.fix,
		place && place.className, place && place.methodName, place && place.fileName,
		violation.offender && violation.offender.className,
		violation.offender && violation.offender.library && violation.offender.library.jar,
		...violation.tests.map((test) => test.name), ...violation.threads].join('\n').toLowerCase();
}

const violations = report.violations.map((violation) => ({ ...violation, text: textOf(violation) }));
const titles = new Map(report.rules.map((rule) => [rule.id, rule.title]));

const groupings = {
	rule: (violation) => [[violation.rule, violation.rule + ': ' + (titles.get(violation.rule) || '')]],
	site: (violation) => {
		const place = placeOf(violation);
		return [[place ? place.className : '', place ? place.className : 'Unknown code']];
	},
	test: (violation) => violation.tests.map((test) => [test.name, test.name])
};

function about(name, value) {
	return value === null || value === undefined || value === '' ? [] : [element('dt', null, name), element('dd', null, value)];
}

function tests(violation) {
	return element('ul', null, ...violation.tests.map((test) => element('li', null, element('code', null, test.name),
		' ' + times(test.count) + ', ' + time(millis(test.held)) + (test.tolerated ? '; ' + test.tolerated : ''))));
}

function stacks(violation) {
	return violation.stacks.flatMap((stack, i) => {
		const lines = stack.frames.map((index) => report.frames[index]).map((frame) =>
			element('span', isOwn(frame) ? { class: 'own' } : null, frame + '\n'));
		return [element('h4', null, 'Stack' + (violation.stacks.length > 1 ? ' ' + (i + 1) : '') + ', ' + times(stack.count)
			+ ', ' + time(millis(stack.held))), element('pre', { tabindex: '0' }, ...lines)];
	});
}

function body(violation) {
	const site = violation.site;
	const offender = violation.offender;
	const lines = site ? Object.entries(site.lines).map(([number, count]) => number + ' (' + times(count) + ')') : [];
	const through = offender && (!site || offender.className !== site.className)
		? offender.className + '.' + offender.methodName + ' (' + line(offender) + ')'
		+ (offender.library ? ' of ' + offender.library.jar : '') : null;
	return element('div', { class: 'body' },
		element('dl', null,
			...about('instead', violation.fix), ...about('tolerated', violation.tolerated),
			...about('site', site && site.className + '.' + site.methodName + ' (' + line(site) + ')'),
			...about('source', site && report.sources[site.className]),
			...about('lines', lines.length > 1 ? lines.join(', ') : ''), ...about(site ? 'through' : 'made by', through),
			...about('origin', violation.origin.toLowerCase()), ...about('action', violation.action.toLowerCase()),
			...about('route', violation.route),
			...about('held', time(millis(violation.held.total)) + ' in all, ' + time(millis(violation.held.max)) + ' at most'),
			...about('threads', violation.threads.join(', ')), ...about('id', violation.id)),
		element('h4', null, plural(violation.tests.length, 'test')), tests(violation), ...stacks(violation),
		violation.otherStacks > 0 ? element('p', { class: 'quiet' }, 'On other stacks ' + times(violation.otherStacks)) : '');
}

function quantity(violation) {
	const open = violation.tolerated ? [] : violation.tests.filter((test) => test.tolerated === null);
	if (open.length === 0 || open.length === violation.tests.length) {
		return times(violation.count) + ', ' + time(millis(violation.held.total)) + ', ' + plural(violation.tests.length, 'test');
	}
	const sum = (figure) => open.reduce((total, test) => total + figure(test), 0);
	return times(sum((test) => test.count)) + ', ' + time(sum((test) => millis(test.held))) + ', ' + plural(open.length, 'test')
		+ '; tolerated in ' + (violation.tests.length - open.length) + ' more';
}

function entry(violation) {
	const details = element('details', { class: 'violation', 'data-id': violation.id },
		element('summary', null, element('span', { class: 'site' }, siteName(violation)), ' ',
			element('code', null, violation.api), ' ', element('span', { class: 'tag' }, violation.rule), ' ',
			element('span', { class: violation.tolerated ? 'tag known' : 'tag new' }, violation.tolerated ? 'tolerated' : 'not tolerated'),
			' ', element('span', { class: 'quiet' }, quantity(violation))));
	details.addEventListener('toggle', () => details.open && !details.querySelector('.body') && details.append(body(violation)));
	return details;
}

function matching() {
	const words = document.getElementById('find').value.toLowerCase().split(/\s+/).filter((word) => word);
	const tolerated = document.getElementById('tolerated').checked;
	return violations.filter((violation) => (tolerated || violation.tolerated === null)
		&& words.every((word) => violation.text.includes(word)));
}

function chosen(name) {
	return document.querySelector('input[name=' + name + ']:checked').value;
}

function showGroups(shown) {
	const groups = new Map();
	for (const violation of shown) {
		for (const [key, title] of groupings[chosen('group')](violation)) {
			groups.set(key, groups.get(key) || { title, violations: [] });
			groups.get(key).violations.push(violation);
		}
	}
	const sections = [...groups.values()].map((group) => {
		const held = group.violations.reduce((sum, violation) => sum + millis(violation.held.total), 0);
		return element('section', { class: 'group' },
			element('h3', null, group.title, ' ', element('span', { class: 'quiet' },
				plural(group.violations.length, 'violation') + ', ' + time(held))),
			...group.violations.map(entry));
	});
	if (sections.length === 0) {
		sections.push(violations.length === 0
			? element('p', { class: 'good' }, 'No event loop was blocked.')
			: element('p', { class: 'quiet' }, 'Nothing matches.'));
	}
	document.getElementById('groups').replaceChildren(...sections);
}

function show() {
	const shown = matching();
	document.getElementById('found').textContent = shown.length === violations.length
		? plural(violations.length, 'violation') : shown.length + ' of ' + plural(violations.length, 'violation');
	showGroups(shown);
	icicle.show(shown);
}

function showTotals() {
	const totals = report.totals;
	const numbers = [['violations', totals.violations], ['not tolerated', totals.violations - totals.tolerated],
		['calls', totals.occurrences], ['tests watched', totals.tests]];
	if (totals.unnamed > 0) {
		numbers.push(['calls without a place', totals.unnamed]);
	}
	document.getElementById('totals').replaceChildren(...numbers.map(([name, value]) =>
		element('div', null, element('dt', null, name), element('dd', null, String(value)))));
	document.getElementById('about').textContent = [report.module && 'Module ' + report.module,
		'written ' + new Date(report.created).toLocaleString(), report.loopguard && 'Loopguard ' + report.loopguard]
		.filter((part) => part).join(' · ');
}
