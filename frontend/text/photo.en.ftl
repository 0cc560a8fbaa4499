# Photos for cards: the field, the camera in the page and why a file will not do.

photo-hint = JPEG or PNG, at most { $megabytes } MB. The whole face from straight ahead, in even light and without sunglasses.
photo-camera-start = Take a photo with the camera
photo-camera-view = The picture from the camera
photo-camera-guide = Keep your face within the oval and look into the camera.
photo-camera-take = Take the photo
photo-camera-again = Take it again
photo-camera-stop = Turn the camera off
photo-preview = The photo you have chosen
photo-camera-ready = The camera is on.
photo-taken = The photo has been taken but not sent. Take it again if it did not turn out well.
photo-chosen = The photo has been chosen but not sent.
photo-camera-stopped = The camera is off.
photo-camera-missing = No camera was found. Choose a picture from the computer or phone instead.
photo-camera-denied = The page may not use the camera. Allow the camera in the browser's settings or choose a picture instead.
photo-camera-occupied = Another program is using the camera. Close it and try again, or choose a picture instead.

photo-fault-missing = Choose a photo.
photo-fault-other-format = The file is neither JPEG nor PNG. Save the picture as JPEG and choose it again.
photo-fault-too-large = The file is larger than { $megabytes } MB. Choose a smaller picture.
photo-fault-too-many-pixels = The picture has too many pixels. Reduce it to at most 4,000 by 3,000 and choose it again.
photo-fault-too-small = The picture is too small. It must be at least { $width } pixels wide and { $height } high.
photo-fault-odd-shape = The picture is too narrow or too wide for a portrait. Choose a picture of ordinary shape.
photo-fault-bad-crop = The chosen part lies outside the picture. Choose the picture again.
photo-fault-broken = The file is damaged or incomplete. Choose the picture again or take a new one.
