"""Words that name an office, a rank, a role, an organisation or a document: what kind of speaker a phrase names."""

from __future__ import annotations

#: Written before a name; the name is what follows the last of them.
TITLES = frozenset(
    """
    president vice-president vice prime minister secretary secretary-general undersecretary senator representative
    sen sens rep reps gov govs governor general gen admiral adm colonel col chancellor king queen prince princess
    mr mrs ms miss mx dr prof professor lt lieutenant maj major sgt sergeant capt captain cmdr commander cpl
    republican republicans democratic democrat democrats former ex-president then-president director ambassador
    envoy chairman chairwoman chair chairperson speaker mayor sir lord lady dame pope cardinal bishop archbishop
    rev reverend father imam rabbi sheikh ayatollah sultan emir judge justice attorney attorney-general prosecutor
    sheriff chief deputy premier councillor councilman councilwoman congressman congresswoman assemblyman
    assemblywoman lawmaker leader spokesman spokeswoman spokesperson manager analyst strategist reporter
    correspondent anchor host author professor coach editor columnist economist candidate nominee front-runner
    frontrunner commissioner superintendent officer detective inspector marshal solicitor counsel treasurer
    comptroller whip majority minority tsar czar advocate activist founder co-founder ceo cfo executive adviser
    advisor aide diplomat historian scientist pollster consultant actor actress singer comedian brig vice-chair
    vice-chairman co-chair state-senator foreign-minister mps mp sec supt msgr hon pastor evangelist
    """.split()
)


#: Written with a full stop that ends no sentence.
ABBREVIATED = (
    "Mr Mrs Ms Mx Dr Prof Gen Sen Sens Rep Reps Gov Govs Lt Col Maj Sgt Capt Cmdr Cpl Adm Brig Rev Hon Msgr St Sr Jr "
    "Sec Supt Pres Amb Fr Sgts vs Jan Feb Aug Sept Oct Nov Dec No Inc Corp Co Ltd Bros Mt Ft Ark Ariz Calif Colo Conn "
    "Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo "
    "Del Ala Dept Univ"
).split()


MASCULINE = frozenset(
    """
    mr sir lord king prince sultan emir pope cardinal bishop archbishop father spokesman chairman congressman
    councilman assemblyman businessman policeman actor sheikh ayatollah imam husband son brother man grandfather
    uncle nephew salesman fireman cameraman clergyman statesman gentleman boy widower
    """.split()
)


FEMININE = frozenset(
    """
    mrs ms miss lady dame queen princess spokeswoman chairwoman congresswoman councilwoman assemblywoman
    businesswoman policewoman actress wife daughter sister mother woman grandmother aunt niece girl widow baroness
    duchess
    """.split()
)


#: Common nouns that name one person.
PERSON_NOUNS = (
    TITLES
    | MASCULINE
    | FEMININE
    | frozenset(
        """
    official officer envoy delegate negotiator mediator minister spokesman lawyer critic supporter opponent voter
    resident witness survivor victim veteran soldier fighter rebel worker student teacher doctor nurse expert
    scholar researcher fellow analyst observer source insider veteran journalist writer blogger user protester
    demonstrator politician legislator ally rival challenger incumbent billionaire mogul tycoon businessman
    magnate owner partner friend neighbor neighbour colleague boss employee contractor participant donor organizer
    organiser suspect defendant plaintiff farmer trader investor banker player fan driver pilot monk priest nun
    engineer baker carpenter sailor fisherman sapper porter ranger guard caretaker refugee migrant person
    individual
    """.split()
    )
)


ORGANISATION_NOUNS = frozenset(
    """
    ministry department government administration office agency bureau committee commission council court
    parliament congress senate house party campaign company corporation firm bank fund union association
    organization organisation institute institution university college school centre center foundation board panel
    army navy force forces police military newspaper paper magazine network channel station website site group
    coalition alliance league federation regime cabinet embassy consulate nation nations state states kremlin
    pentagon treasury reserve service services authority authorities team club network think-tank lab laboratory
    church hospital airline exchange watchdog regulator outlet publication inc corp co ltd llc plc committee
    society times post journal news press tribune reuters herald guardian telegraph mail broadcaster chancellery
    steel energy motors airlines industries holdings partners systems refinery line union agency secretariat
    presidency delegation mission staff command city county
    """.split()
)


DOCUMENT_NOUNS = frozenset(
    """
    report statement letter memo document documents study survey poll polls article editorial story book paper
    headline tweet post email emails message ad advertisement commercial video speech transcript bill law
    resolution treaty agreement constitution platform filing lawsuit complaint indictment affidavit ruling order
    opinion petition manifesto communique communiqué declaration text sign banner placard caption note analysis
    review release records data figures findings budget plan guidelines website page column script inscription
    flier leaflet poster contract
    """.split()
)


#: Where and in what somebody speaks: "according to an interview" names a place of saying, nobody who passes words on.
OCCASIONS = frozenset(
    """
    interview interviews conference conferences briefing briefings speech speeches address remarks remark statement
    statements testimony tweet tweets post posts email e-mail letter message op-ed appearance debate hearing rally
    call meeting talk lecture question-and-answer
    """.split()
)


GROUP_NOUNS = frozenset(
    """
    officials critics aides supporters opponents experts analysts lawmakers people leaders ministers senators
    democrats republicans voters residents witnesses protesters demonstrators activists diplomats sources advisers
    advisors spokesmen allies rivals researchers scientists economists historians investigators prosecutors
    lawyers attorneys doctors teachers students workers families parents soldiers rebels militants refugees
    migrants members crowd crowds audience some many others most several both conservatives liberals progressives
    americans russians voters pundits observers commentators reporters journalists strategists insiders fans
    players executives investors traders governors mayors generals commanders police authorities scholars
    academics professors readers users men women villagers unions children victims survivors donors veterans
    moderators hosts candidates politicians they we
    """.split()
)


#: Nouns after which "of", "for", "at", "in", "from", "with" goes on with the phrase.
HEADS_WITH_A_TAIL = (
    PERSON_NOUNS
    | ORGANISATION_NOUNS
    | DOCUMENT_NOUNS
    | GROUP_NOUNS
    | frozenset(
        """
        head heads member members one some many most several both all majority number series handful pair version
        part half
        """.split()
    )
)
