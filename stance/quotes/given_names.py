"""First names that are mostly men's or mostly women's, for pronouns. Names given to both are left out."""

from __future__ import annotations

_MEN = (
    """
aaron abdul abdullah abel abraham adam adel adrian ahmad ahmed alan albert alberto alejandro alessandro alexander alexei
alfred ali alistair allen alvin amir anatoly anders andre andreas andrei andrew andy angus anthony anton antonio antony
antonin ari arne arnold arthur ashton augustin barack barry bart bashar ben benedict benjamin bernard bernie bertil bill
billy bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan byron carl carlos cedric cesar
chad charles charlie chester chidi chris christian christoph christopher chuck clarence clark claude claudio clayton cliff
clifford clint clinton colin conrad corey craig curt curtis cyril cyrus dale damian damien dan daniel danny darrell
darren daryl dave david dean denis dennis derek desmond dick diego dieter dimitri dmitri dmitry dominic don donald
donnie douglas doug duncan dwayne dwight earl ed eddie edgar edmund eduardo edward edwin elias elijah elliott elmer emil
emilio emmanuel enrique eric erik ernest ernesto erwin ethan eugene evan evgeny ezra fabio felipe felix ferdinand fernando
fidel francis francisco francois frank franklin franz fred frederick fritz gabriel garrett gary gavin gene geoff geoffrey
george gerald gerard gerhard gilbert giles giorgio giovanni giuseppe glenn gordon graham grant greg gregory guillermo
guenter gustav guy habib hank hans harold harrison harry harvey hassan hector heinrich henri henrik henry herbert herman
hisham horst howard hubert hugh hugo hussein ian ibrahim igor ilya imran ingmar ira isaac ismail ivan jack jacob jacques
jaime jake jamal james jan jared jason javier jay jeb jed jeff jefferson jeffrey jens jeremy jerome jerry jesse jesus
jim jimmy joachim joaquin joe joel joey johan johann john johnny jon jonas jonathan jorge jose josef joseph josh joshua
joris juan jude julian julio julius juergen justin kamal karim karl keith ken kenneth kevin khalid khalil kirk klaus
konstantin kofi kurt kyle lance larry lars laurent lawrence lazlo lee len leo leon leonard leonid leopold leroy les lewis
lindsey lionel lloyd logan lorenzo lou louis lucas luca luis luka luke mahmoud malcolm manuel marc marcel marco marcos
marcus mario mark martin marty marvin massimo mathias matt matteo matthew maurice mauricio max maxim mehdi mehmet michael
michel miguel mike mikhail miles milton mitch mitchell mitt mohamed mohammad mohammed moritz morris moses muhammad murray
mustafa nathan nathaniel ned neil nelson newt nicholas nick nicolas nigel noah noel norman oleg oliver omar orlando oscar
osama oswald otto owen pablo paolo patrick paul pavel pedro percy perry pete peter petr petro phil philip philippe phillip
pierre piers piotr rafael rahul ralph ramon ramzan rand randy raphael rashid raul ray raymond recep reggie reince rex rhodri
ricardo richard rick ricky rob robert roberto rod roderick rodney rodrigo rodrigo roger roland rolf roman ron ronald ronnie
ross roy ruben rudolf rudy rupert russ russell ryan saad saddam salman salvador sam samir samuel saul scott sean sebastian
serge sergei sergey sergio seth seymour shane shaun shawn shimon shinzo sidney silvio simon solomon spencer stanley stefan
stephen stephan sterling steve steven stewart stuart sven ted teodor terrence terry theodore theresa thomas tim timothy
tobias toby todd tom tomas tommy tony travis trent trevor tristan troy tyler ulrich vaclav valentin vernon viktor vince
vincent vitaly vladimir volodymyr wade wallace walt walter warren wayne wendell werner wesley wilhelm will willard william
willie wilson winston wolfgang xavier yasser yevgeny youssef yuri yusuf zachary zack zbigniew zeid rowan alvaro andrzej
arun ashraf atul ayman binyamin benjamin bogdan cem dov ehud ephraim faisal farid fumio ganesh gideon goran hamid haruki
hiroshi idris jaap jiri jun kenji kazuo lech lindsay mahathir mamadou manmohan marek mariano masoud miroslav moshe narendra
naftali nawaz nguyen nikolai nikita nikos olaf olivier osman pascal petteri pranab rajiv ramesh ravi reza rohit sadiq sajid
sanjay sergii shaukat shigeru slobodan tariq taro tedros tomasz vikram vijay wojciech yair yitzhak yoshihide yukio zoran
matthias thorbjorn torvald ulrik bjorn gunnar halvard sverre leif knut jorgen soren mads lasse pekka juha timo denis edmond
gaston hamish iain callum alasdair declan eamon fergus liam niall padraig ronan seamus gareth huw ivor rhys tobin brock
tucker roscoe rusty wally marlon tyrone darnell jermaine lamar deandre malik jalen dontae marquis reid harlan clyde
""".replace(" theresa ", " ")
    .replace(" lindsey ", " lindsey ")
    .split()
)
_WOMEN = (
    """
abigail ada adele adriana agnes aisha alejandra alexandra alexandria alice alicia alina alison allison alma alyssa amal
amanda amber amelia amelie amina amy ana anastasia andrea angela angelina angelique anita ann anna annabel anne anne-marie
annette annie antonia april arianna arlene asma astrid audrey aung ava ayelet barbara beata beate beatrice becky belinda
benazir bernadette bertha beth bethany betsy betty beverly birgit bonnie brenda brianna bridget brigitte brittany camila
camille candace carla carly carmen carol carole carolina caroline carolyn carrie cassandra catherine cathy cecilia cecile
celia celine charlotte chelsea cheryl chiara chloe christiane christina christine christy cindy claire clara clarissa
claudia colleen condoleezza connie constance cora corinne cristina crystal cynthia daisy dana daniela danielle daphne
darlene dawn deanna debbie deborah debra delia delphine denise destiny diana diane dianne dilma dina dolores dominique
donna dora doris dorothea dorothy edith edna eileen elaine eleanor elena elisa elisabeth elise elizabeth elke ella ellen
eloise elsa emily emma erica erika erin ernestine esther ethel eugenia eva eve evelyn ewa faith fatima faye federica
felicia fiona flora florence frances francesca freya frida gabriela gabrielle gail gena georgia geraldine germaine gertrude
gina giorgia gisele gladys glenda gloria golda grace greta gretchen gwen gwendolyn haley hannah hanne harriet hazel heather
hedda heidi helen helena helene helga henrietta hilary hilda hillary hope huma ida ilse imelda indira ines inga ingrid irene
irina iris irma isabel isabella isabelle ivana ivanka jackie jacqueline jada jane janet janice janine jasmine jean
jeanette jeanne jen jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn jodi josephine joy joyce juanita judith
judy julia juliana julie juliet june kaja kamala kara karen karin karla kate katerina katharine katherine kathleen kathryn
kathy katie katja katrina kay kayla kayleigh kellyanne kendra kimberly kirsten kirstjen kristen kristi kristin kristina
krystal lara laura lauren laurie lea leah leila lena lenora leslie leticia lidia lilian liliana lillian lily linda lindsay
lisa liv liz liza lois lola loretta lori lorna lorraine louisa louise lucia lucille lucinda lucy luisa luz lydia lynn lynne
mabel mackenzie madeleine madeline maggie magda maia malala mandy manuela mara marcia margaret margarita margot
marguerite maria mariam marian marianne marie mariana marilyn marina marine marion marissa marjorie marlene marta martha
martina mary maryam matilda maude maureen maya megan meghan melania melanie melinda melissa mercedes meredith mia michelle
mildred millie mina minna miranda miriam moira mollie molly monica monique muriel myra myrtle nadia nadine nancy naomi
natalia natalie natasha nell nellie nicola nicole nicki nikki nina nora noreen norma octavia odile olga olive olivia oona
ottilie pam pamela pat patricia patsy patti paula pauline pearl peggy penelope penny pernilla petra phoebe phyllis pia
polly portia priscilla priya rachel ramona rebecca regina renata renee rhoda rhonda rita roberta robin rochelle rosa
rosalind rosanna rose rosemary rosie roswitha roxanne ruth sabina sabine sabrina sadie sally salma samantha sandra sara
sarah sasha saudi selina selma shannon sharon sheila shelby shelley sheryl shirley shonda sigrid signe silvia simone
sofia sonia sonja sophia sophie stacey stacy stella stephanie sue sunita susan susanna susanne suzanne svetlana sylvia
tamara tammy tanya tara tatiana teresa tess tessa thea thelma theresa tiffany tina tracey tracy trudy tulsi tuula ulla
ursula valentina valerie vanessa vera veronica victoria viola violet virginia vivian wanda wendy whitney wilhelmina wilma
winifred yolanda yulia yvette yvonne zainab zara zoe zofia zsuzsanna zuzana aminata asha ayesha aya bahia chanda chidinma
dalia deepa farah fawzia fumiko gita habiba hanan hadia hiba indra jamila kiran lakshmi latifa leymah lina lubna mei meera
michiko nabila naledi nasrin ngozi nirmala noor parveen rania rashida reem rukmini sahar samira sanna sheikha shirin sonali
soraya sushma tawakkol tsai usha wafa yasmin yoko yuki yuriko zeinab mette sanne annika birgitta ebba elin gudrun gunilla
ingeborg jorunn kaisa liisa maren marit pirjo ragna ragnhild siri solveig tove vigdis ailsa aoife ciara deirdre eilidh
grainne kirsty mairead maeve niamh orla roisin saoirse siobhan sinead bronwen carys sian elspeth morag femke saskia anneke
marijke elske katrien lotte nele griet kashiya latoya shaniqua keisha tamika lakeisha ebony imani aaliyah tonya monique
""".replace(" saudi ", " ")
    .replace(" robin ", " ")
    .split()
)

#: First name in lower case to "m" or "f".
GENDERS = {
    name: gender
    for names, gender, others in ((_MEN, "m", set(_WOMEN)), (_WOMEN, "f", set(_MEN)))
    for name in names
    if name not in others
}
