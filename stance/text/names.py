"""Which words are names of places and peoples, and which capitalised words are not names at all.

A country must not become a stance ("Russia" is not "escalatory"), so places and peoples become one slot whatever
their case. Other names are found by their capital letter; words of office and institution are capitalised too but
carry meaning and stay. The lists are our own writing.
"""

from __future__ import annotations

_PLACES = """
afghanistan afghan afghans albania albanian albanians algeria algerian algerians andorra angola angolan angolans
argentina argentine argentines argentinian armenia armenian armenians australia australian australians austria
austrian austrians azerbaijan azerbaijani azerbaijanis azeri bahamas bahrain bahraini bangladesh bangladeshi
bangladeshis barbados belarus belarusian belarusians belgium belgian belgians belize benin bhutan bhutanese bolivia
bolivian bolivians bosnia bosnian bosnians botswana brazil brazilian brazilians britain british briton britons
brunei bulgaria bulgarian bulgarians burkina burma burmese burundi burundian cambodia cambodian cambodians cameroon
cameroonian canada canadian canadians chad chadian chile chilean chileans china chinese colombia colombian
colombians comoros congo congolese croatia croatian croatians croat croats cuba cuban cubans cyprus cypriot cypriots
czech czechs czechoslovakia denmark danish danes djibouti dominica dominican ecuador ecuadorian ecuadorean egypt
egyptian egyptians england english eritrea eritrean eritreans estonia estonian estonians eswatini ethiopia ethiopian
ethiopians europe european europeans fiji fijian finland finnish finns france french frenchman gabon gabonese gambia
gambian georgia georgian georgians germany german germans ghana ghanaian ghanaians greece greek greeks grenada
guatemala guatemalan guinea guinean guyana haiti haitian haitians honduras honduran hondurans hungary hungarian
hungarians iceland icelandic india indian indians indonesia indonesian indonesians iran iranian iranians iraq iraqi
iraqis ireland irish israel israeli israelis italy italian italians jamaica jamaican japan japanese jordan jordanian
jordanians kashmir kashmiri kazakhstan kazakh kenya kenyan kenyans kiribati korea korean koreans kosovo kosovar
kosovars kurd kurds kurdish kurdistan kuwait kuwaiti kuwaitis kyrgyzstan kyrgyz laos laotian latvia latvian latvians
lebanon lebanese lesotho liberia liberian libya libyan libyans liechtenstein lithuania lithuanian lithuanians
luxembourg macedonia macedonian madagascar malawi malawian malaysia malaysian malaysians maldives mali malian
malians malta maltese mauritania mauritanian mauritius mexico mexican mexicans micronesia moldova moldovan moldovans
monaco mongolia mongolian montenegro montenegrin morocco moroccan moroccans mozambique mozambican myanmar namibia
namibian nauru nepal nepalese nepali netherlands dutch nicaragua nicaraguan niger nigerien nigeria nigerian
nigerians norway norwegian norwegians oman omani pakistan pakistani pakistanis palau palestine palestinian
palestinians panama panamanian papua paraguay paraguayan peru peruvian peruvians philippines philippine filipino
filipinos poland polish poles portugal portuguese qatar qatari qataris romania romanian romanians russia russian
russians rwanda rwandan rwandans samoa saudi saudis arabia arab arabs senegal senegalese serbia serbian serbians
serb serbs seychelles singapore singaporean slovakia slovak slovaks slovenia slovenian slovene somalia somali
somalis somaliland spain spanish spaniards lanka lankan sudan sudanese suriname sweden swedish swedes switzerland
swiss syria syrian syrians taiwan taiwanese tajikistan tajik tanzania tanzanian thailand thai thais tibet tibetan
tibetans timor timorese togo tonga trinidad tunisia tunisian tunisians turkey turkish turks turkmenistan tuvalu
uganda ugandan ugandans ukraine ukrainian ukrainians uruguay uruguayan uzbekistan uzbek uzbeks vanuatu vatican
venezuela venezuelan venezuelans vietnam vietnamese wales welsh yemen yemeni yemenis yugoslavia yugoslav zaire
zambia zambian zimbabwe zimbabwean zimbabweans africa african africans asia asian asians america american americans
soviet soviets ussr prussia scotland scottish catalonia catalan crimea crimean chechnya chechen chechens donbas
donbass donetsk luhansk gaza sahel balkans balkan caucasus scandinavia nordic baltic baltics mediterranean pacific
atlantic caribbean arctic antarctica darfur tigray tigrayan transnistria abkhazia ossetia karabakh rohingya uighur
uighurs uyghur uyghurs xinjiang kong afrika oromo hutu hutus tutsi tutsis sunni shia shiite shiites houthi houthis
kabul tirana algiers luanda yerevan canberra vienna baku manama dhaka minsk brussels thimphu sarajevo gaborone
brasilia sofia ouagadougou bujumbura ottawa santiago beijing peking shanghai bogota kinshasa zagreb havana nicosia
prague copenhagen quito cairo asmara tallinn addis ababa suva helsinki paris tbilisi berlin bonn accra athens
tegucigalpa budapest reykjavik delhi mumbai jakarta tehran teheran baghdad mosul basra dublin jerusalem haifa rome
tokyo amman astana almaty nairobi pristina bishkek vientiane riga beirut monrovia tripoli benghazi vilnius skopje
antananarivo lilongwe lumpur bamako nouakchott chisinau rabat maputo windhoek kathmandu amsterdam hague managua
niamey abuja lagos oslo muscat islamabad karachi lahore asuncion lima manila warsaw lisbon doha bucharest moscow
kigali riyadh jeddah dakar belgrade bratislava ljubljana mogadishu pretoria johannesburg seoul juba madrid colombo
khartoum stockholm geneva bern zurich damascus aleppo homs idlib taipei dushanbe dodoma bangkok tunis ankara
istanbul kampala kyiv kiev kharkiv odessa mariupol london montevideo tashkent caracas hanoi saigon aden sanaa lusaka
harare washington york chicago angeles texas florida california pyongyang ramallah hebron tegucigalpa strasbourg
""".split()

PLACES = frozenset(_PLACES)

#: Capitalised in mid-sentence, yet no names: offices, institutions, and words that headlines and speeches capitalise.
NOT_NAMES = frozenset(
    """
    i un u.n eu e.u nato president vice prime minister ministry ministers foreign secretary general defence defense
    state states department government administration cabinet parliament senate senator senators congress
    congressman congresswoman representative representatives house assembly council commission commissioner
    committee court supreme constitutional high criminal tribunal justice judge police army navy force forces guard
    guards revolutionary military marine marines coast border national federal republic kingdom union united nations
    international security human rights rights party democratic democrat democrats republican republicans liberal
    conservative labour labor communist socialist opposition chancellor king queen prince princess emir sheikh
    ayatollah pope bishop archbishop cardinal leader chairman chairwoman chair spokesman spokeswoman spokesperson
    ambassador envoy envoys special mission high-level delegate delegation embassy consulate chief head director
    governor mayor attorney office bureau agency bank central world fund treaty agreement convention charter
    protocol accord accords resolution resolutions article chapter constitution law act organization organisation
    association federation league alliance group front movement brigade brigades militia command commander colonel
    major captain lieutenant admiral marshal sergeant officer staff institute university school centre center church
    street member members member-state observer mr mrs ms dr sir madam lord lady excellency excellencies north south
    east west northern southern eastern western middle gulf sea ocean island islands river strait peninsula islamic
    white speaker deputy assistant counsel professor intelligence
    muslim muslims christian christians jewish jews god internet
    """.split()
)

DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july august september
    october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri
    """.split()
)
