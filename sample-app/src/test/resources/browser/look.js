async function settled(row) {
	const result = row.querySelector(".result");
	while (result.getAttribute("aria-busy") === "true") {
		await new Promise((done) => setTimeout(done, 20));
	}
	return result.innerText.trim();
}

function pressed(id, form) {
	const row = document.getElementById(id).closest(".operation");
	row.querySelector(`.buttons button.${form}`).click();
	return settled(row);
}

function visible(element) {
	const box = element.getBoundingClientRect();
	return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility === "visible";
}

function tooSmall() {
	return [...document.querySelectorAll("button, summary, nav a, input")].filter(visible)
		.filter((it) => it.getBoundingClientRect().height < 24 || it.getBoundingClientRect().width < 24)
		.map((it) => it.outerHTML.slice(0, 100));
}

function rgb(color) {
	const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
	return { red, green, blue, alpha };
}

function background(element) {
	for (let it = element; it; it = it.parentElement) {
		const color = rgb(getComputedStyle(it).backgroundColor);
		if (color.alpha === 1) {
			return color;
		}
	}
	return rgb("rgb(255, 255, 255)");
}

function luminance({ red, green, blue }) {
	const [r, g, b] = [red, green, blue].map((it) => it / 255)
		.map((it) => it <= 0.03928 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

function lowContrast(least) {
	return [...document.body.querySelectorAll("*")].filter(visible)
		.filter((it) => [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
		.filter((it) => contrast(rgb(getComputedStyle(it).color), background(it)) < least)
		.map((it) => `${it.outerHTML.slice(0, 80)}: ${contrast(rgb(getComputedStyle(it).color), background(it))}`);
}
