"use strict";

const ENDPOINT = "/actuator/blocking";
const PATIENCE = 2000;
const PAUSE = 150;
const ATTEMPTS = 3;
const ATTEMPT = 1500;
const PATIENCE_WITH_SERVER = 10000;

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

function element(name, className, ...children) {
	const created = document.createElement(name);
	if (className) {
		created.className = className;
	}
	created.append(...children);
	return created;
}

// Another connection may be served by an event loop that is not blocked just now.
async function ask() {
	for (let attempt = 1; ; attempt++) {
		try {
			return await fetch(ENDPOINT, { headers: { Accept: "application/json" }, cache: "no-store",
				signal: AbortSignal.timeout(ATTEMPT) });
		}
		catch (error) {
			if (attempt === ATTEMPTS || error.name !== "TimeoutError") {
				throw error;
			}
		}
	}
}

async function report() {
	const response = await ask();
	if (!response.ok) {
		throw new Error(`${ENDPOINT} answered ${response.status}`);
	}
	const body = await response.json();
	document.getElementById("status").textContent = body.status;
	document.getElementById("status").dataset.status = body.status;
	document.getElementById("violations").textContent = body.totals.violations;
	document.getElementById("occurrences").textContent = body.totals.occurrences;
	return body;
}

function violationsAt(body, className, methodName) {
	return body.violations.filter((violation) => violation.site !== null
		&& violation.site.className === className && violation.site.methodName === methodName);
}

function counts(violations) {
	return new Map(violations.map((violation) => [violation.id, violation.count]));
}

function millis(duration) {
	const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration);
	if (!parts) {
		return duration;
	}
	const value = ((Number(parts[1] || 0) * 60 + Number(parts[2] || 0)) * 60 + Number(parts[3] || 0)) * 1000;
	return `${value < 10 ? value.toPrecision(2) : Math.round(value)} ms`;
}

function fact(name, value) {
	return element("span", "fact", element("span", "name", `${name} `), value);
}

function card(violation, expected) {
	const link = element("a", null, violation.id);
	link.href = `${ENDPOINT}/${encodeURIComponent(violation.id)}`;
	link.setAttribute("aria-label", `${violation.id}, this violation in the endpoint`);
	const site = `${violation.site.fileName}:${violation.site.lineNumber}`;
	return element("li", expected ? "violation" : "violation also",
		element("p", "where", element("code", "id", violation.rule), " ", element("span", "site", site)),
		element("p", "facts", fact("held", millis(violation.held.max)), " ", fact("count", String(violation.count)),
			" ", fact("id", link)));
}

function verdict(kind, text, detail) {
	const line = element("p", `verdict ${kind}`, text);
	if (detail) {
		line.append(element("span", "detail", detail));
	}
	return line;
}

function answer(response) {
	return response.failed ? `The request answered ${response.status}: ${response.text}` : "";
}

function show(result, nodes) {
	result.replaceChildren(...nodes);
	result.removeAttribute("aria-busy");
}

async function post(path) {
	const response = await fetch(path, { method: "POST", signal: AbortSignal.timeout(PATIENCE_WITH_SERVER) });
	const text = (await response.text()).slice(0, 200);
	return { failed: !response.ok, status: response.status, text };
}

async function run(row, button) {
	const blocking = button.classList.contains("blocking");
	const { rule } = row.dataset;
	const className = row.dataset.class;
	const methodName = button.dataset.method;
	const before = counts(violationsAt(await report(), className, methodName));
	const grown = (body) => violationsAt(body, className, methodName)
		.filter((violation) => violation.count > (before.get(violation.id) || 0));
	const sent = performance.now();
	let response = null;
	let problem = null;
	const posted = post(button.dataset.path).then((it) => { response = it; }, (error) => { problem = error; });
	let found = [];
	while (performance.now() - sent < PATIENCE) {
		await Promise.race([posted, pause(PAUSE)]);
		if (problem) {
			throw problem;
		}
		const answered = response !== null;
		found = grown(await report());
		if (answered && (found.length > 0 || !blocking)) {
			break;
		}
		await pause(PAUSE);
	}
	found.sort((a, b) => Number(b.rule === rule) - Number(a.rule === rule));
	const nodes = [];
	if (found.length > 0) {
		const seen = found.some((violation) => violation.rule === rule);
		if (!blocking) {
			nodes.push(verdict("bad", "The fixed form was found to block"));
		}
		else if (!seen) {
			nodes.push(verdict("odd", `Found, but not as ${rule}`));
		}
		nodes.push(element("ul", "violations", ...found.map((violation) => card(violation, violation.rule === rule))));
	}
	else if (!blocking) {
		nodes.push(verdict("good", "No violation"));
	}
	else {
		nodes.push(verdict("bad", "No violation within 2 seconds"));
	}
	if (response !== null && response.failed) {
		nodes.push(element("p", "answer", answer(response)));
	}
	return nodes;
}

async function press(button) {
	const row = button.closest(".operation");
	const result = row.querySelector(".result");
	if (result.getAttribute("aria-busy") === "true") {
		return;
	}
	result.setAttribute("aria-busy", "true");
	result.replaceChildren(element("p", "idle", "Running…"));
	try {
		show(result, await run(row, button));
	}
	catch (error) {
		show(result, [verdict("bad", "The application does not answer", error.message)]);
	}
}

function filter(text) {
	const wanted = text.trim().toLowerCase();
	let matches = 0;
	for (const rule of document.querySelectorAll(".rule")) {
		const about = [...rule.querySelectorAll("h3, .names code")].map((it) => it.textContent).join(" ").toLowerCase();
		let any = false;
		for (const row of rule.querySelectorAll(".operation")) {
			const matching = about.includes(wanted) || row.querySelector("h4").textContent.toLowerCase().includes(wanted);
			row.hidden = !matching;
			any = any || matching;
			matches += matching ? 1 : 0;
		}
		rule.hidden = !any;
	}
	for (const area of document.querySelectorAll(".area")) {
		const rules = [...area.querySelectorAll(".rule")];
		area.hidden = wanted !== "" && rules.every((rule) => rule.hidden);
	}
	document.getElementById("matches").textContent = wanted === "" ? ""
		: matches === 1 ? "1 operation matches" : `${matches} operations match`;
}

document.addEventListener("click", (event) => {
	const button = event.target.closest(".buttons button");
	if (button) {
		press(button);
	}
});
document.getElementById("filter").addEventListener("input", (event) => filter(event.target.value));
report().catch(() => { document.getElementById("status").textContent = "unknown"; });
