"""Names for the made-up parties, and ways in which people write them: lists apart from those of the search."""

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _shares(text: str) -> tuple[tuple[str, float], ...]:
    parts = text.split()
    return tuple((word, float(share)) for word, share in zip(parts[::2], parts[1::2], strict=True))


COMMON_SURNAMES: Final = _shares(
    "Hernández 4.4 García 3.4 López 3.3 Martínez 3.1 González 2.6 Pérez 2.5 Rodríguez 2.1 Sánchez 1.8 Ramírez 1.6 "
    "Cruz 1.3 Flores 1.3 Gómez 1.2 Morales 1.2 Vásquez 1.1 Reyes 1.0 Jiménez 1.0 Torres 0.9 Díaz 0.9 Gutiérrez 0.9 "
    "Ruiz 0.9 Mendoza 0.8 Aguilar 0.8 Ortiz 0.7 Moreno 0.7 Castillo 0.7 Romero 0.7 Álvarez 0.6 Méndez 0.6 Chávez 0.6 "
    "Rivera 0.6 Juárez 0.6 Ramos 0.6 Domínguez 0.5 Herrera 0.5 Medina 0.5 Castro 0.5 Vargas 0.5 Guzmán 0.5 "
    "Velásquez 0.4"
)
COMMON_GIVEN: Final = _shares(
    "María 7.5 José 6.0 Juan 3.6 Luis 2.4 Carlos 1.9 Ana 1.8 Miguel 1.5 Jesús 1.5 Francisco 1.4 Guadalupe 1.3 Rosa 1.2 "
    "Manuel 1.2 Antonio 1.2 Pedro 1.0 Jorge 1.0 Alejandro 0.9 Juana 0.9 Elena 0.8 Alberto 0.8 Fernando 0.8 Marta 0.7 "
    "Carmen 0.7 Ángel 0.7 Eduardo 0.6 Roberto 0.6 Isabel 0.6 Ricardo 0.6 Daniel 0.6 Gabriela 0.5 Patricia 0.5 "
    "Enrique 0.5 Margarita 0.5 Santos 0.4 Wilmer 0.4 Kevin 0.4 Brayan 0.4 Yesenia 0.4 Yolanda 0.3 Ximena 0.3"
)
MAYAN_SURNAMES: Final = _words(
    "Ixcoy Xol Tzoc Chub Caal Tiul Coc Pop Ich Cuc Quej Sacul Choc Maquin Chen Bolom Tzul Tum Ajú Ajanel Ajpop Batz "
    "Bámaca Cac Calel Canil Chávez Chaj Chaclán Chavajay Chiroy Chitay Cojtí Coyoy Cumes Cux Domingo Gaspar Guarchaj "
    "Hernández Ixtabalán Ixchop Ixmatá Ical Jacinto Jerónimo Juracán Kej Lux Macario Mateo Matías Mejía Miculax Mucía "
    "Noj Ordóñez Otzoy Pascual Patzán Pérez Pirir Poz Puac Quiej Quixtán Quino Ramírez Raxón Sacalxot Sajquim Saquic "
    "Sebastián Sic Simaj Sisimit Socop Sontay Sotz Tahay Tambriz Tepaz Tipaz Toj Tojín Tuiz Tzaj Tzep Tzian Tzinín "
    "Tzunún Us Velásquez Vicente Xajil Xec Xiloj Xitumul Xoc Xuc Xutuc Yac Yaxón Yojcom Zapeta Zapil"
)


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.strip().splitlines())


ARABIC_GIVEN: Final = _groups(
    """
Mohammed Muhammad Mohamed Mohammad Muhamad محمد
Ahmed Ahmad Ahmet أحمد
Ali Aly علي
Hussein Husayn Hossain Hussain حسين
Hassan Hasan حسن
Yusuf Yousef Youssef Yousuf يوسف
Omar Umar Omer عمر
Khalid Khaled Jaled خالد
Ibrahim Ebrahim Ibraheem إبراهيم
Abdullah Abdallah Abdulla عبدالله
Abdulrahman Abdurrahman Abdelrahman عبدالرحمن
Mustafa Mostafa Moustafa مصطفى
Mahmoud Mahmud Mahmood محمود
Fatima Fatema Fatimah Fatma فاطمة
Aisha Aysha Aicha Ayesha عائشة
Zainab Zaynab Zeinab زينب
Maryam Mariam Meryem مريم
Layla Laila Leila ليلى
Samira Sameera سميرة
Noor Nour Nur نور
Karim Kareem Kerim كريم
Rashid Rasheed Rachid رشيد
Said Saeed Sayeed سعيد
Salim Saleem Selim سليم
Tariq Tarek Tareq طارق
Walid Waleed Oualid وليد
Jamal Djamal Jamaal جمال
Farid Fareed فريد
Nasir Naseer Nasser ناصر
Habib Habeeb حبيب
Rahim Raheem رحيم
Sharif Shareef Cherif شريف
Zahra Zahraa Zohra زهرة
Amina Ameena Aminah أمينة
Najib Najeeb نجيب
Suleiman Sulayman Soliman سليمان
Ismail Ismael Esmail إسماعيل
Faisal Faysal Feisal فيصل
Ghulam Golam Gholam
Daoud Dawood Dawud داود
"""
)
ARABIC_SURNAMES: Final = _groups(
    """
al-Masri Elmasri Almasri
al-Hashimi Hashemi Alhashimi
al-Tikriti Tikriti Altikriti
Haddad Hadad
Khoury Khouri Khuri
Mansour Mansur Mansoor
Najjar Najar
Rahimi Raheemi
Ahmadi Ahmedi
Karimi Kareemi
Nazari Nazary
Hosseini Husseini Hussaini
Noori Nuri Nouri
Sadat Saadat
Popal Popall
Zazai Zazay
Wardak Vardak
Stanikzai Stanekzai Stanikzay
Barakzai Barakzay
Amiri Ameeri
Qasimi Qasemi Kasimi
Qureshi Quraishi Koreshi
Yousafzai Yusufzai Yousufzai
Siddiqi Siddiqui Sediqi
Faizi Fayzi Faizy
Habibi Habeebi
Hakimi Hakeemi
Sharifi Shareefi
Azizi Azizy
Mohammadi Muhammadi Mohamadi
Bashir Basheer Bachir
Darwish Darwich Darwesh
Ghani Gani Ghanie
Salehi Salihi
Shinwari Shinwary
Tahiri Taheri
Zamani Zamany
Osmani Usmani
Safi Safie
Jalali Jalaly
"""
)
SHORT_FORMS: Final = {
    "José": ("Pepe",), "Francisco": ("Paco", "Pancho", "Fco."), "Guadalupe": ("Lupe", "Gpe."), "María": ("Ma.",),
    "Jesús": ("Chuy",), "Eduardo": ("Lalo",), "Enrique": ("Quique",), "Guillermo": ("Memo",), "Ignacio": ("Nacho",),
    "Rosario": ("Chayo",), "Dolores": ("Lola",), "Manuel": ("Manolo",), "Hernández": ("Hdez.",),
    "Martínez": ("Mtz.",), "González": ("Glez.",), "Rodríguez": ("Rdz.",), "William": ("Bill",),
    "Robert": ("Bob",), "James": ("Jim",), "Elizabeth": ("Liz",), "Michael": ("Mike",),
}  # fmt: skip
"""Short forms that stand for one name, as notes and forms have them."""
