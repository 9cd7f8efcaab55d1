/* SPDX-License-Identifier: Apache-2.0
 * The one optional script: every page works without it. It finds its work by looking at the page:
 * draft autosave, character counts, upload progress, "use my place", officers' keyboard shortcuts,
 * the warning before a session ends. No eval, no inline anything, nothing from other hosts.
 */
(function () {
"use strict";
if (!window.fetch || !window.FormData || !window.URLSearchParams || !Element.prototype.closest) return;

var english = document.documentElement.lang === "en";
var words = english ? {
	saved: "Draft saved automatically at ",
	lost: "No connection. Your text is still on this page; we keep trying.",
	left: " characters left", over: " characters too many",
	sending: "Sending: ", failed: "Not sent: the server did not answer. Nothing is lost; try again.",
	place: "Use my location", placing: "Looking for your location…", noPlace: "Your location could not be found. Type it instead.",
	keys: "Keyboard shortcuts", off: "Turn shortcuts off", on: "Turn shortcuts on", close: "Close",
	list: [["J", "next report"], ["K", "previous report"], ["X", "select"], ["Enter", "open"], ["V", "verify"],
		["D", "assign"], ["?", "this list"]],
	ending: "Your session ends in 2 minutes.", stay: "Stay signed in", stayed: "You are still signed in."
} : {
	saved: "Draf tersimpan otomatis pukul ",
	lost: "Sambungan terputus. Tulisan Anda masih ada di halaman ini; kami coba terus.",
	left: " karakter tersisa", over: " karakter terlalu banyak",
	sending: "Mengirim: ", failed: "Belum terkirim: server tidak menjawab. Tidak ada yang hilang; coba lagi.",
	place: "Pakai lokasi saya", placing: "Mencari lokasi Anda…", noPlace: "Lokasi Anda tidak ditemukan. Ketik saja lokasinya.",
	keys: "Pintasan papan ketik", off: "Matikan pintasan", on: "Nyalakan pintasan", close: "Tutup",
	list: [["J", "laporan berikutnya"], ["K", "laporan sebelumnya"], ["X", "pilih"], ["Enter", "buka"], ["V", "verifikasi"],
		["D", "disposisi"], ["?", "daftar ini"]],
	ending: "Sesi Anda berakhir dalam 2 menit.", stay: "Tetap masuk", stayed: "Anda tetap masuk."
};

function $(selector, root) { return (root || document).querySelector(selector); }
function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
function make(tag, className, text) {
	var e = document.createElement(tag);
	if (className) e.className = className;
	if (text) e.textContent = text;
	return e;
}
function number(n) { return n.toLocaleString(english ? "en" : "id"); }
function two(n) { return (n < 10 ? "0" : "") + n; }
function clock() {
	var now = new Date();
	return two(now.getHours()) + (english ? ":" : ".") + two(now.getMinutes());
}
/* A line that screen readers announce; one for each form. */
function status(form) {
	var line = $(".kabar", form);
	if (!line) {
		line = make("p", "kabar mini redup");
		line.setAttribute("role", "status");
		form.appendChild(line);
	}
	return line;
}

/* Draft: every 10 seconds and when the page goes away, if something changed. */
var draft = null, saved = "";
function fields(form) {
	var query = new URLSearchParams();
	new FormData(form).forEach(function (value, name) {
		if (typeof value === "string") query.append(name, value);
	});
	return query.toString();
}
function save(isLast) {
	var body, form = draft;
	if (!form) return;
	body = fields(form);
	if (body === saved) return;
	fetch("/lapor/simpan", {
		method: "POST", body: body, credentials: "same-origin", keepalive: isLast,
		headers: { "Content-Type": "application/x-www-form-urlencoded" }
	}).then(function (r) {
		if (!r.ok) return;
		saved = body;
		status(form).textContent = words.saved + clock();
	}, function () {
		status(form).textContent = words.lost;
	});
}
function initDraft() {
	draft = $("form[method=post][action='/lapor'],form[method=post][action^='/lapor/']");
	if (!draft || !$("textarea,select,input:not([type=hidden])", draft)) { draft = null; return; }
	saved = fields(draft);
	draft.addEventListener("submit", function () { draft = null; });
}

function initCount() {
	all("[data-hitung]").forEach(function (box) {
		var line = document.getElementById(box.getAttribute("data-hitung")), max = +box.getAttribute("maxlength");
		function show() {
			/* Characters as the server counts them, not UTF-16 units. */
			var left = max - Array.from(box.value).length;
			line.textContent = left < 0 ? number(-left) + words.over : number(left) + words.left;
		}
		if (!line || !max || !Array.from) return;
		box.addEventListener("input", show);
		show();
	});
}

/* Puts an answered page in the place of this one, as a normal navigation would. */
function show(html, address) {
	var page = new DOMParser().parseFromString(html, "text/html");
	document.title = page.title;
	document.body.parentNode.replaceChild(document.adoptNode(page.body), document.body);
	if (address !== location.href) {
		history.replaceState({ lapor: 1 }, "");
		history.pushState({ lapor: 1 }, "", address);
	}
	scrollTo(0, 0);
	init();
	if (!$(".galat")) $("#isi").focus();
}
function send(form, button) {
	var request = new XMLHttpRequest(), data = new FormData(form), line = status(form), bar = make("progress", "progres");
	if (button && button.name) data.append(button.name, button.value);
	bar.max = 100;
	form.appendChild(bar);
	all("button", form).forEach(function (b) { b.disabled = true; });
	function failed() {
		all("button", form).forEach(function (b) { b.disabled = false; });
		form.removeChild(bar);
		line.textContent = words.failed;
	}
	request.upload.onprogress = function (e) {
		if (!e.lengthComputable) return;
		bar.value = Math.floor(100 * e.loaded / e.total);
		line.textContent = words.sending + bar.value + "%";
	};
	request.onload = function () {
		if (/^text\/html/.test(request.getResponseHeader("Content-Type") || "")) show(request.responseText, request.responseURL);
		else failed();
	};
	request.onerror = failed;
	request.open("POST", form.action);
	request.setRequestHeader("Accept", "text/html");
	request.send(data);
}
function initUpload() {
	all("form[enctype='multipart/form-data']").forEach(function (form) {
		form.addEventListener("submit", function (e) {
			var has = all("input[type=file]", form).some(function (i) { return i.files && i.files.length > 0; });
			/* Without files the plain form is as good. */
			if (!has || !("submitter" in e)) return;
			e.preventDefault();
			send(form, e.submitter);
		});
	});
}

function initPlace() {
	var field = $("form[action='/lapor/lokasi'] #lokasi"), button;
	if (!field || !navigator.geolocation || !window.isSecureContext) return;
	button = make("button", "tbl garis kcl", words.place);
	button.type = "button";
	field.parentNode.appendChild(button);
	button.addEventListener("click", function () {
		var line = status(field.form);
		line.textContent = words.placing;
		navigator.geolocation.getCurrentPosition(function (at) {
			var point = at.coords.latitude.toFixed(5) + ", " + at.coords.longitude.toFixed(5);
			field.value = (field.value ? field.value + " " : "") + "(" + point + ")";
			line.textContent = "";
			field.focus();
		}, function () { line.textContent = words.noPlace; }, { timeout: 15000 });
	});
}

/* Officers: single keys, never inside fields, and they can be switched off. */
function isOff() {
	try { return localStorage.getItem("pintasan") === "mati"; } catch (e) { return false; }
}
function setOff(off) {
	try { localStorage.setItem("pintasan", off ? "mati" : "hidup"); } catch (e) { return; }
}
function move(step) {
	var rows = all(".inbox tbody tr"), now = rows.findIndex(function (r) { return r.contains(document.activeElement); });
	var link = rows.length && $("a", rows[Math.max(0, Math.min(rows.length - 1, now + step))]);
	if (link) link.focus();
}
function rowOf(element) { return element && element.closest(".inbox tbody tr"); }
function tick() {
	var row = rowOf(document.activeElement), box = row && $("input[type=checkbox]", row);
	if (box) box.click();
}
function go(fragment) {
	var row = rowOf(document.activeElement), target = $(fragment);
	if (row) location.href = $("a", row).href + fragment;
	else if (target) {
		target.scrollIntoView();
		(target.matches("form") ? $("input:not([type=hidden]),select,textarea", target) : target).focus();
	}
}
function showKeys() {
	var panel = $(".daftar-pintasan"), toggle, list, shut;
	if (panel) { panel.parentNode.removeChild(panel); return; }
	panel = make("section", "daftar-pintasan kartu bayang");
	panel.tabIndex = -1;
	panel.setAttribute("role", "dialog");
	panel.setAttribute("aria-label", words.keys);
	list = make("ul", "rata kecil");
	words.list.forEach(function (entry) {
		var line = make("li");
		if (entry[0] === "X" && !$(".inbox input[type=checkbox]")) return;
		line.appendChild(make("kbd", "", entry[0]));
		line.appendChild(document.createTextNode(" " + entry[1]));
		list.appendChild(line);
	});
	toggle = make("button", "tbl garis kcl", isOff() ? words.on : words.off);
	toggle.addEventListener("click", function () {
		setOff(!isOff());
		toggle.textContent = isOff() ? words.on : words.off;
	});
	shut = make("button", "tbl polos kcl", words.close);
	shut.addEventListener("click", showKeys);
	panel.appendChild(list);
	panel.appendChild(toggle);
	panel.appendChild(shut);
	$("main").appendChild(panel);
	panel.focus();
}
var keys = {
	j: function () { move(1); }, k: function () { move(-1); }, x: tick,
	v: function () { go("#verifikasi"); }, d: function () { go("#tujuan"); }, "?": showKeys
};
function onKey(e) {
	var act = keys[(e.key || "").toLowerCase()];
	if (e.key === "Escape" && $(".daftar-pintasan")) showKeys();
	if (!act || isOff() || e.ctrlKey || e.altKey || e.metaKey || !$("body.kerja")) return;
	if (e.target.closest("input,select,textarea,[contenteditable]")) return;
	e.preventDefault();
	act();
}
function initKeys() {
	var place = $(".pintasan"), button;
	if (!place) return;
	button = make("button", "tbl polos kcl", words.keys);
	button.type = "button";
	button.addEventListener("click", showKeys);
	place.appendChild(button);
	place.hidden = false;
}

/* WCAG 2.2.1: a warning two minutes before, and a way to go on without losing what was typed. */
var warning;
function initSession() {
	var minutes = +document.body.getAttribute("data-sesi");
	clearTimeout(warning);
	if (!minutes || minutes < 3) return;
	warning = setTimeout(function () {
		var box = make("section", "pesan kuning sesi-habis"), button = make("button", "tbl kcl", words.stay);
		box.setAttribute("role", "alert");
		box.appendChild(make("p", "", words.ending));
		box.appendChild(button);
		button.addEventListener("click", function () {
			fetch(location.href, { credentials: "same-origin" }).then(function (r) {
				if (!r.ok || r.redirected) return;
				box.textContent = words.stayed;
				initSession();
			});
		});
		$("main").insertBefore(box, $("main").firstChild);
	}, (minutes - 2) * 60000);
}

function init() {
	var wrong = $(".galat[tabindex]");
	initDraft();
	initCount();
	initUpload();
	initPlace();
	initKeys();
	initSession();
	if (wrong) wrong.focus();
}

init();
setInterval(function () { save(false); }, 10000);
addEventListener("pagehide", function () { save(true); });
/* Back to a page that show() replaced; links within a page have no state and must not reload it. */
addEventListener("popstate", function (e) { if (e.state && e.state.lapor) location.reload(); });
document.addEventListener("keydown", onKey);
})();
