"""Countries, capitals and seats of power: names that speak for a government when they speak."""

from __future__ import annotations

PLACES = frozenset(
    word.strip().lower()
    for word in """
    Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahrain, Bangladesh,
    Belarus, Belgium, Bolivia, Bosnia, Botswana, Brazil, Britain, Bulgaria, Cambodia, Cameroon, Canada, Chad, Chile, China,
    Colombia, Congo, Croatia, Cuba, Cyprus, Denmark, Ecuador, Egypt, England, Eritrea, Estonia, Ethiopia, Finland, France,
    Georgia, Germany, Ghana, Greece, Guatemala, Guinea, Haiti, Honduras, Hungary, Iceland, India, Indonesia, Iran, Iraq,
    Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon,
    Liberia, Libya, Lithuania, Luxembourg, Macedonia, Malaysia, Mali, Malta, Mexico, Moldova, Mongolia, Montenegro,
    Morocco, Mozambique, Myanmar, Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea, Norway,
    Oman, Pakistan, Palestine, Panama, Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda,
    Saudi Arabia, Scotland, Senegal, Serbia, Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, South Sudan,
    Spain, Sri Lanka, Sudan, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Tunisia, Turkey,
    Turkmenistan, Uganda, Ukraine, United Kingdom, United States, Uruguay, Uzbekistan, Venezuela, Vietnam, Wales, Yemen,
    Zambia, Zimbabwe, Washington, Moscow, Beijing, London, Paris, Berlin, Brussels, Tehran, Pyongyang, Seoul, Tokyo, Delhi,
    New Delhi, Islamabad, Kabul, Baghdad, Damascus, Riyadh, Ankara, Jerusalem, Cairo, Kyiv, Kiev, Minsk, Warsaw, Madrid,
    Rome, Athens, Ottawa, Canberra, Havana, Caracas, Brasilia, Geneva, Vienna, Hanoi, Jakarta, Manila, Taipei, Tripoli,
    Khartoum, Nairobi, Kremlin, White House, Pentagon, Downing Street, Congress, Parliament, Hamas, Hezbollah, NATO, Taliban,
    Europe, Africa, Asia, America, California, Texas, Florida, Ohio, Iowa, Virginia, Nevada, Arizona, Michigan,
    Pennsylvania, Wisconsin, Colorado, Illinois, Massachusetts, New York, New Hampshire, New Jersey, South Carolina,
    North Carolina, Chicago, Boston, Los Angeles, U.S, U.S., U.K., U.N., E.U., US, UK, UN, EU, D.C.
    """.split(",")
)
