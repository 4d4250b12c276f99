# El marco público en español. Con "usted", frases cortas.
skip = Ir al contenido
site = Sitio
language = Idioma
footer-advice = Información general de salud, no es consejo médico personal.
footer-911 = En una emergencia, llame al 911.
footer-988 = Si piensa en hacerse daño, llame al 988 y oprima 2, o envíe AYUDA por mensaje de texto al 988.
footer-no-tracking = Sin rastreo y sin cookies para quienes nos visitan.
reviewed-by = Revisado por { $who } el { $date }
checked = Consultado el { $date }
people = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
  }
days = { $count ->
    [one] { $count } día
   *[other] { $count } días
  }
not-found-title = Esta página no está aquí
not-found = La dirección puede ser antigua o estar mal escrita. Su teléfono o computadora funciona bien.
to-home = A la página principal
broken-title = Algo falló de nuestro lado
broken = Intente de nuevo en un minuto. Si se trata de su salud y no puede esperar, llámenos.
