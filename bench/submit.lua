-- wrk: every request sends one whole report with a key of its own.
local thread_number = 0
function setup(thread)
	thread:set("id", thread_number)
	thread_number = thread_number + 1
end
local n = 0
local text = string.rep("Lampu di tiang padam sejak kemarin malam, warga takut lewat. ", 6)
function request()
	n = n + 1
	local body = "jenis=pengaduan&sifat=anonim&judul=Lampu+jalan+mati+di+tiang+" .. id .. "-" .. n ..
		"&isi=" .. text:gsub(" ", "+") .. "&lokasi=Jalan+Melati&surel=warga" .. id .. "x" .. n .. "@contoh.id"
	return wrk.format("POST", "/lapor/kirim", { ["Accept"] = "application/json",
		["Content-Type"] = "application/x-www-form-urlencoded" }, body)
end
