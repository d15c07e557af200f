"""Names that faker's locales lack: of French-speaking Africa, the Arab world, Asia, folded."""

from __future__ import annotations

FIRST_NAMES = """
abakar abderrahmane abdoul abdoulaye abdourahmane aboubacar aboubakar achta adama adja adjoua ahmed
aicha aida aissa aissata aissatou akissi alassane alhassane alioune aliou aly amadou amara ami amina
aminata amine amir anas anta arame arouna assane assetou astou awa ayoub bachir badara bakary bamba
bassirou bineta binta birame boubacar boubou brahim cheick cheikh chokri dara daouda demba diarra
dieynaba djamila djibril drissa elhadj fadel fadhel faiza fanta faouzi farid fatima fatma
fatou fatoumata faycal fode ghislain habib hadja haidara hamadi hamadou hamed hamidou hassan hatem
hawa hayet hedi hicham hichem hind houda hussein ibrahim ibrahima idrissa idriss imane ismaila issa
issouf kadiatou kadidia kadidiatou kamal kamel karim karima khadija khadim khaled khalid kodjo koffi
kofi komlan kouadio kouakou kouame kouassi lamine lamia latifa leila lotfi mahamadou mahamat mahmoud
mahmud maimouna malick malika mame mamadou mamoudou marieme mariam mariama massamba mehdi modibo
modou moctar mohamed mohamad mohammad mohammed mokhtar moncef mouhamed moulaye mounir mountaga
mourad moussa moustapha mustafa mustapha nabil nadia najat nana naoufel ndeye neji nizar nour oumar
oumarou oumou ousmane ousseynou papa pape rabia rachid rachida rokia rokhaya sadio safiatou saida
salif salimata saliou salma samba samir sami sanaa seydou sidi sidy sofiane soukeyna souleymane
soumaila tarek tidiane vieux wafa walid yacine yacouba yassine yasmine yaya yero yasser
youssef youssouf yusuf zahra zainab zakaria zeinab zineb zoubeir
akiko akira ayumi dmitry dmitri elena haruka hideki hiroshi hyun igor ivan jae  jiho
keiko kenji kumiko makoto masako mikhail nam-joon natalia natalya nimal
olga priyanka rithy ruwan sanjeewa satoshi sergei sergey siti sokha somchai somsak sophea
sunil svetlana takeshi takashi tatiana vladimir xiaoming yoko yoshiko yuki yuri
""".split()  # noqa: SIM905

SURNAMES = """
ba bah barry belkacem bouazizi bouteflika camara cisse coulibaly dabo dembele diaby diagne diakite
diallo diarra diatta dieng diop diouf doumbia fall faye fofana gaye gueye kabore kante keita konate
kone kouyate mbaye mbengue ndiaye ndour niang nikiema nguyen ouedraogo ouattara sagna sane sanogo
sarr sawadogo seck seye sidibe sissoko sow sy tall thiam tounkara toure traore wade yattara zongo
benali benchekroun bennani boukhari chaouch elamrani haddad idrissi mansouri tazi trabelsi zouari
chea heng hoang kim lim perera pham rajapaksa sato silva sok suzuki tanaka tran
wijesinghe yamamoto
""".split()  # noqa: SIM905

# what places are called by, beside words that are first names: Hunter Valley, Victoria Region
PLACE_WORDS = """
airport baie basin bassin bay beach canton city ciudad coast costa county delta district
distrito fleuve forest gulf harbour hill hills hunter ile iles isla island islands islas lac lago
lake mountains municipality municipio province provincia region regione rio river sea shire
state town township valle valley vallee village ville
""".split()  # noqa: SIM905

# names that word lists have too
FIRST_OF_ALL = """
antonio camara carlos claire dominique felipe fernando francisco francois garcia gonzalez jorge
jose juan julio lopez luis manuel maria martin maurice miguel pablo
pedro pierre rafael rodriguez
""".split()  # noqa: SIM905

# first names that are as often a place, a virtue or a thing, in one of our languages
ALSO_ORDINARY = """
adelaide africa alba alexandria amparo angel angeles aurora austin blanca brooklyn camino
carmen carolina charlotte christian concepcion consuelo cruz dallas dakota dawn destiny diana
domingo esperanza eden europa faith fe flora florence florida gloria grace grant hope iris
jordan joy july june justice kingston lima lourdes lucia luz madison major mar marina mark max
may mercedes milan milagros nieves paz pilar prince rich roma rosario roy royal sal san santa
santiago santo saint sainte sao sierra sofia soledad star sydney trinidad trinity valencia
isla kazi vera victoria vienna virginia will young nova sol job jobs
bill art gene guy miles norma pat
""".split()  # noqa: SIM905
