# Foto till kort: fältet, kameran i sidan och varför en fil inte duger.

photo-hint = JPEG eller PNG, högst { $megabytes } MB. Hela ansiktet rakt framifrån, i jämnt ljus och utan solglasögon.
photo-camera-start = Ta foto med kameran
photo-camera-view = Bilden från kameran
photo-camera-guide = Håll ansiktet inom ovalen och titta in i kameran.
photo-camera-take = Ta fotot
photo-camera-again = Ta om fotot
photo-camera-stop = Stäng kameran
photo-preview = Fotot som du har valt
photo-camera-ready = Kameran är på.
photo-taken = Fotot är taget men inte skickat. Ta om det om det inte blev bra.
photo-chosen = Fotot är valt men inte skickat.
photo-camera-stopped = Kameran är avstängd.
photo-camera-missing = Ingen kamera hittades. Välj en bild från datorn eller telefonen i stället.
photo-camera-denied = Sidan får inte använda kameran. Tillåt kameran i webbläsarens inställningar eller välj en bild i stället.
photo-camera-occupied = Kameran används av ett annat program. Stäng det och försök igen, eller välj en bild i stället.

photo-fault-missing = Välj ett foto.
photo-fault-other-format = Filen är varken JPEG eller PNG. Spara bilden som JPEG och välj den igen.
photo-fault-too-large = Filen är större än { $megabytes } MB. Välj en mindre bild.
photo-fault-too-many-pixels = Bilden har för många bildpunkter. Minska den till högst 4 000 gånger 3 000 och välj den igen.
photo-fault-too-small = Bilden är för liten. Den behöver vara minst { $width } bildpunkter bred och { $height } hög.
photo-fault-odd-shape = Bilden är för smal eller för bred för ett porträtt. Välj en bild i vanligt format.
photo-fault-bad-crop = Den valda delen ligger utanför bilden. Välj bilden igen.
photo-fault-broken = Filen är skadad eller ofullständig. Välj bilden igen eller ta en ny.
