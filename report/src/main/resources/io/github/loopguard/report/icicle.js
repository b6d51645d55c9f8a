/** Frames of application code are those whose sources are in the repository. */
const frameForm = /^(?:[^/(]*\/)*?(([^/(]+)\.[^.(]+)\(([^()]*)\)$/;

function classOf(frame) {
	const parts = frameForm.exec(frame);
	return parts ? parts[2] : frame;
}

function isOwn(frame) {
	return Object.hasOwn(report.sources, classOf(frame));
}

/** The tree of calls, drawn from the callers down; a cell is as wide as its share. */
class Icicle {

	constructor(container) {
		this.container = container;
		this.shown = [];
		this.zoomed = null;
		container.addEventListener('keydown', (event) => this.key(event));
		container.addEventListener('click', (event) => this.click(event));
		for (const type of ['focusin', 'mouseover']) {
			container.addEventListener(type, (event) => this.describe(event));
		}
		new ResizeObserver(() => this.draw()).observe(container);
	}

	show(shown) {
		this.shown = shown;
		this.root = this.tree();
		this.zoomed = this.root;
		this.current = this.root;
		this.draw();
	}

	node(name, parent, kind) {
		return { name, parent, kind, held: 0, count: 0, children: new Map() };
	}

	tree() {
		const root = this.node('all', null, 'jdk');
		for (const violation of this.shown) {
			for (const stack of violation.stacks) {
				const held = millis(stack.held);
				let node = this.add(root, held, stack.count);
				for (const [name, kind] of this.path(violation, stack)) {
					if (!node.children.has(name)) {
						node.children.set(name, this.node(name, node, kind));
					}
					node = this.add(node.children.get(name), held, stack.count);
				}
			}
		}
		return root;
	}

	add(node, held, count) {
		node.held += held;
		node.count += count;
		return node;
	}

	/** Names the calls of a stack from the outermost one. */
	path(violation, stack) {
		const frames = stack.frames.map((index) => report.frames[index]).reverse();
		if (chosen('frames') === 'all') {
			return frames.map((frame) => [frame, this.kind(frame)]);
		}
		const own = frames.filter(isOwn).map((frame) => [frame, 'own']);
		const offender = violation.offender;
		if (own.length === 0 && offender) {
			own.push([offender.className + '.' + offender.methodName, 'library']);
		}
		return [...own, [violation.api, 'jdk']];
	}

	kind(frame) {
		return isOwn(frame) ? 'own' : /^(java|jdk|sun|com\.sun|javax)\./.test(classOf(frame)) ? 'jdk' : 'library';
	}

	size(node) {
		return chosen('size') === 'held' ? node.held : node.count;
	}

	draw() {
		if (!this.root) {
			return;
		}
		const width = this.container.clientWidth;
		const cells = [];
		let depth = 0;
		const place = (node, left, share, level) => {
			if (share < 3) {
				return;
			}
			depth = Math.max(depth, level + 1);
			cells.push(this.cell(node, left, share, level));
			let from = left;
			for (const child of this.children(node)) {
				const part = this.size(node) > 0 ? share * this.size(child) / this.size(node) : 0;
				place(child, from, part, level + 1);
				from += part;
			}
		};
		place(this.zoomed, 0, width, 0);
		const focused = this.container.contains(document.activeElement);
		this.container.replaceChildren(...cells);
		const last = cells[cells.length - 1];
		this.container.style.height = Math.min(depth * 26 + 2, window.innerHeight * .7) + 'px';
		document.getElementById('unzoom').disabled = this.zoomed === this.root;
		if (!cells.some((cell) => cell.node === this.current)) {
			this.current = this.zoomed;
		}
		this.move(this.current, focused && last !== undefined);
	}

	children(node) {
		return [...node.children.values()].sort((a, b) => this.size(b) - this.size(a));
	}

	cell(node, left, width, level) {
		const share = this.size(this.root) > 0 ? Math.round(100 * this.size(node) / this.size(this.root)) : 0;
		const method = (frameForm.exec(node.name) || [null, node.name])[1];
		const short = method.split('.').slice(-2).join('.');
		const label = node.name + ', ' + times(node.count) + ', ' + time(node.held) + ', ' + share + ' %';
		const cell = element('button', { type: 'button', class: 'cell ' + node.kind, role: 'treeitem', tabindex: '-1',
			'aria-level': String(level + 1), 'aria-label': label }, short);
		cell.node = node;
		cell.style.left = left + 'px';
		cell.style.width = width + 'px';
		cell.style.top = level * 26 + 'px';
		if (node.children.size > 0) {
			cell.setAttribute('aria-expanded', 'true');
		}
		return cell;
	}

	find(node) {
		return [...this.container.children].find((cell) => cell.node === node);
	}

	move(node, focus) {
		const cell = node && this.find(node);
		if (cell) {
			const before = this.find(this.current);
			if (before) {
				before.tabIndex = -1;
			}
			this.current = node;
			cell.tabIndex = 0;
			if (focus) {
				cell.focus();
			}
		}
	}

	zoom(node) {
		this.zoomed = node;
		this.current = node;
		this.draw();
	}

	key(event) {
		const node = this.current;
		const siblings = node.parent ? this.children(node.parent) : [node];
		const place = siblings.indexOf(node);
		const steps = {
			ArrowDown: () => this.move(this.children(node)[0], true),
			ArrowUp: () => this.move(node.parent, true),
			ArrowRight: () => this.move(siblings[place + 1], true),
			ArrowLeft: () => this.move(siblings[place - 1], true),
			Escape: () => this.zoom(this.root)
		};
		if (steps[event.key]) {
			event.preventDefault();
			steps[event.key]();
		}
	}

	click(event) {
		const cell = event.target.closest('.cell');
		if (cell) {
			this.container.contains(document.activeElement) || cell.focus();
			this.zoom(cell.node === this.zoomed && cell.node.parent ? cell.node.parent : cell.node);
		}
	}

	describe(event) {
		const cell = event.target.closest('.cell');
		if (cell) {
			document.getElementById('frame').textContent = cell.getAttribute('aria-label');
		}
	}

}

const icicle = new Icicle(document.getElementById('icicle'));
document.getElementById('unzoom').addEventListener('click', () => icicle.zoom(icicle.root));
document.getElementById('find').addEventListener('input', show);
document.getElementById('choices').addEventListener('change', show);
document.getElementById('choices').addEventListener('submit', (event) => event.preventDefault());
document.getElementById('sizing').addEventListener('change', () => icicle.show(icicle.shown));
showTotals();
show();
const linked = location.hash && document.querySelector('[data-id="' + CSS.escape(location.hash.substring(1)) + '"]');
if (linked) {
	linked.open = true;
	linked.scrollIntoView();
}
