// How people say yes and no to what was proposed. English; of other languages only whole short answers are read.

/** Words that say yes where an answer, or a part of it, begins with them. */
export const YES_FIRST =
  /^(?:(?:oh|well|so|then|and|in that case|my answer is|i said|that['’]?s a)[\s,]+)*(?:(?:yes+(?! or no)|yeah(?! right)|yep|yup|yea|aye|ok|okay|agreed|accepted|absolutely|definitely|certainly|of course|by all means|affirmative|alright|all right)(?![\p{L}'’])|sure(?! (?:you|if|that|about|whether|what|how))(?![\p{L}'’])|(?:y|k|kk|lgtm|very well|good to go|(?:please )?(?:continue|go on)|correct|exactly|perfect|fine|right|confirm(?:ed)?|approved?)(?=\s*(?:$|then\b|please\b|go\b|thanks?\b|thank\b|(?:by|with) me\b|from (?:my|our) side\b)))/iu;

/** Words that say yes wherever they stand. */
export const YES_ANYWHERE =
  /(?<![\p{L}'’])(?:yes(?! or no)|go (?:right )?ahead|go for it|proceed(?! to (?:explain|tell|describe|show|check|look|search))|please do(?! not|n['’]t)|do it|do so|let['’]s (?:do|go (?:with|for)) (?:it|this|that|them)|make it so|works for me|that works|i (?:do |hereby |fully |can )?(?:confirm|agree|accept|approve|authori[sz]e|consent)|i['’]m (?:fine|good|ok|okay|happy) with (?:that|this|it)|you have my (?:approval|consent|permission|ok|okay|go-?ahead)|confirm (?:the |this |that |my )?(?:booking|reservation|cancell?ation|order|changes?|update|payment|purchase|transaction|transfer|refund|upgrade|flights?|return|exchange|modification|it|this|that)|(?:that|this|it|all|everything) ?(?:is|['’]?s|looks|sounds|works)(?: (?:all|very))? (?:right|correct|good|fine|great|perfect|ok|okay)|(?:that|this|it) (?:would|will|['’]d|['’]ll) be (?:great|perfect|good|fine|lovely|wonderful|awesome)(?=\s*(?:$|thanks?\b|thank\b))|i(?:['’]d| would) (?:(?:really|very much|greatly) )?(?:appreciate|love|like) (?:that|it)|sounds like a plan|(?:sounds|looks) (?:right|correct|good|great|fine|perfect))(?![\p{L}'’])/iu;

/** A whole answer that says yes without a word of the patterns above. */
export const WHOLE_YES = new RegExp(
  [
    // A sign, or that nothing speaks against it.
    String.raw`^\s*(?:👍|👌|✅)\p{Emoji_Modifier}?\s*$`,
    `^(?:i have |i['’]ve got )?no objections?(?: (?:from me|at all))?$`,
    `^(?:(?:please|yes|ok|okay|sure)[\\s,.!]+)*(?:make it happen|do as you (?:said|say|proposed|suggested)|why not)(?:[\\s,.!]+(?:please|now|thanks|thank you))*$`,
    // An order that names what was proposed by a pronoun alone.
    String.raw`^(?:(?:please|just|great|perfect|good|thanks|thank you|then|so|and)[\s,.!]+)*(?:book|cancel|finali[sz]e|complete|confirm|send|ship|merge|deploy|delete|remove|transfer|pay|buy|order|submit|run|apply|do|process|post|publish|execute|refund|update|change|create|add|exchange|return|upgrade|schedule|issue|file|charge|close|release|commit|push) (?:it|that|this|them|these|those|both)(?: ones?)?(?:[\s,.!]+(?:all|please|now|then|for me|right away|thanks|thank you))*$`,
    // What follows a yes in another language is understood only where it is a courtesy.
    String.raw`^(?:oui|d['’]accord|ja|jawohl|einverstanden|s[íì]|si|sim|claro|да|はい|好的|是的?|네|예)(?:[\s,.!、。]+(?:bitte|gerne?|danke|merci|allez-y|s['’]il (?:vous|te) pla[iî]t|por favor|adelante|gracias|per favore|grazie|obrigad[oa]|please|thanks|thank you))*$`,
  ].join('|'),
  'iu',
);

/** Before a yes in the same part: it is denied, put off, or talked about. */
export const TAKES_BACK =
  /(?<![\p{L}])(?:not|never|no|nor|told|cannot|\p{L}+n['’]t|dont|wont|cant|unless|until|before|without|if|whether|how|what|where|why|only|instead of|rather than|nicht|keine?|pas)(?![\p{L}])/iu;

/** A no that denies something else. */
export const HARMLESS_NO =
  /(?<![\p{L}])(?:no|not any|not a)\s+(?:problems?|worries|issues?|objections?|concerns?|changes?|questions?|doubts?|(?:further|more|other|additional)\s+\p{L}+)(?: at all)?(?![\p{L}])/giu;

/** A part that takes back what was said before it, or puts it off. */
export const NO_PART =
  /^(?:(?:actually|oh|um|hmm|sorry|but|and|ok|okay|alright|all right|sure|fine|well)\s+)*(?:(?:no|nope|nah|wait|hold on|hang on|stop|not (?:yet|now|so fast|today)|never ?mind|forget (?:it|that|about it)|scratch that|(?:cancel|drop|forget|scrap|skip|scratch|abandon) (?:that|the|this|my) (?:whole )?(?:idea|plan|thought|suggestion|proposal)|on second thoughts?|don['’]?t|do not|(?:definitely|absolutely|certainly|of course|sure|surely|probably|maybe|okay?|yes|please)\s+not|(?:maybe |perhaps )?(?:later|tomorrow|next \p{L}+|(?:some other|another) (?:time|day)))(?:\s+(?:no|not|wait|please|thanks|thank you|it|that|there|then|now|yet|a (?:moment|second|minute|sec)|do (?:it|that)))*$|(?:(?:let me|i(?:['’]ll| will| need to| have to| must)) (?:first )?(?:think|check with|ask (?:my|the|our)|consult|sleep on)|i need (?:(?:some|a bit|a little|more) )*(?:of )?time|give me (?:some|a|more)|let me (?:first )?(?:check|see|look|read|verify))(?![\p{L}]))/iu;

/** Another wish in place of what was proposed. */
export const OTHER_WISH = /^actually(?![\p{L}])/iu;

/** An answer that begins so is a no, whatever follows. */
export const NO_FIRST =
  /^(?:no|nope|nah|never|stop|wait|hold on|hang on|not|(?:do not|don['’]?t)(?! worry| mind))(?![\p{L}])/iu;

/** What makes a yes one for later, or for something else. */
export const CONDITION =
  /(?<![\p{L}])(?:only if|only when|only after|but only|unless|provided|as long as|on (?:the )?condition|except|apart from|(?:proceed|go ahead|do it|yes|okay?|confirm\p{L}*) (?:only )?(?:if(?! possible)|unless|until))(?![\p{L}])/iu;

/** How a part begins that limits the yes before it. */
export const LIMITS =
  /^(?:but|once|as soon as|when|(?:i(?:['’]d| would) like to|i (?:want|need) to) (?:first )?(?:know|understand|see|hear|ask|check|think|read)|(?:please )?tell me|if(?! (?:possible|needed|necessary|required|applicable|you (?:can|could|would|do not mind|don['’]t mind|please|want)$|(?:that|it)(?: is|['’]s) (?:ok|okay|fine|all right|possible))))(?![\p{L}])/iu;

/** How a part begins that asks. */
export const ASKS =
  /^(?:and |but |so |also )*(?:who|what|when|where|which|why|how|is|are|am|was|were|do|does|did|can|could|would|will|shall|should|may|might|have|has|right|correct|ok|okay)(?![\p{L}'’])/iu;

/** What a model says when it wants to know something. English alone: of another language nothing is said here. */
export const WANTS_FACTS =
  /(?<![\p{L}])(?:(?:could|can|would|will) you (?:please )?(?:provide|specify|tell|share|give|send|describe|clarify|explain)|please (?:provide|specify|tell|share|give|send|choose|select|clarify|let me know (?:which|what|when|where|how|who|your|if you have))|(?:do|did) you (?:have|know|remember)|may i have|have you (?:got|tried|received)|(?:which|what|when|where|who|whose|how (?:many|much|long|often))(?![\p{L}])[^.?!\n]{0,200}\?)/iu;

/** A question for a fact in words of a proposal. */
export const ASKS_TRUTH = /(?<![\p{L}])is it (?:correct|true|right) that(?![\p{L}])/iu;

/** How a sentence begins that asks whether something is so. */
export const ASKS_WHETHER =
  /^[\s\p{P}]*(?:(?:and|but|so|also|first|ok|okay|sure|great|thanks|thank you|sorry)[\s,.–—-]+|[^?:,.!]{1,60}[:,]\s+)?(?:is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|may|might)(?![\p{L}'’])[^?]*\?/iu;

/** What a model says when it proposes to do something, or asks whether what it proposed is wanted. */
export const PROPOSES =
  /(?<![\p{L}])(?:would you (?:like|want|prefer|still)|(?:do|did) you (?:still )?(?:want|wish|agree|accept|approve|consent)|want me to|like me to|(?:shall|should|may|can) (?:i|we)(?! have)|(?<!\bso )i (?:will|can|could|am going to)|i['’](?:ll|m going to)|let['’]?s|let me know if (?:you|that|this|it|everything)(?! have)|proceed|confirm|go ahead|are you (?:sure|ok|okay|happy|fine|ready)|is that (?:ok|okay|fine|right|correct|acceptable|what)|(?:is|are|does|do) (?:this|that|it|these|those|they|everything|all)[^.?!\n]{0,80}(?:correct|right|ok|okay|fine|good|acceptable|accurate|work)|(?:ok|okay|fine|happy|agreeable|acceptable|comfortable|ready) (?:with|for|to)(?![\p{L}])|sounds? (?:good|right|ok|okay)|(?:book|cancel|send|change|update|refund|transfer|delete|pay|submit|order) (?:it|this|that|them|these|those)[^.?!\n]{0,40}\?|yes\/no|\(?y\/n\)?|["'“‘(]yes|agree|approv|authori[sz])/iu;

/** What a model offers that changes nothing: to look something up, to say more, or to help on. */
export const OFFERS_TO_LOOK =
  /(?<![\p{L}])(?:(?:(?:like|want|wish|prefer) (?:me )?to|(?:shall|should|may|can|could) (?:i|we)|i (?:will|can|could)|i['’]ll|let['’]?s|let me)\s+(?:(?:also|now|first|please|quickly|just|then)\s+)*(?:search|look|check|find|explore|show|list|review|explain|tell|provide|describe|see|hear|know|learn|pull up|go over|go through|walk you|help|assist)|anything else|(?:further|other|more) (?:help|assistance|questions))(?![\p{L}])/iu;

/** What tools do that change something. */
const ACTIONS =
  'book|cancel|finali[sz]e|complete|send|transfer|pay|buy|order|submit|process|refund|update|change|modify|create|add|exchange|return|upgrade|downgrade|delete|remove|close|issue|apply';

/** A word that makes an offer to look one to act as well. */
export const CHANGES = new RegExp(`(?<![\\p{L}])(?:${ACTIONS}|proceed|confirm|go ahead)(?![\\p{L}])`, 'iu');

/** The first words of an order, and what may stand before it. */
export const ORDER_FIRST = new RegExp(
  String.raw`^[\s\p{P}]*(?:(?:please|just|great|perfect|good|thanks|thank you|then|so|and|ok|okay|alright)[\s,]+)*(?:${ACTIONS}|deploy|merge|publish|post|ship|run|execute|schedule|file|charge)(?![\p{L}])`,
  'iu',
);

/** Words of a user that order what was spoken of, whatever was asked before them. */
export const ORDERS =
  /(?<![\p{L}'’])(?:go (?:right )?ahead|go for it|proceed|please do|do it|do so|let['’]s (?:do|go)|make it so|confirm(?:ed)?|agree[d]?|approved?|authori[sz]e|consent|(?:please )?(?:book|cancel|finali[sz]e|complete|send|transfer|pay|buy|order|submit|process|refund|update|change|create|add|exchange|return|upgrade|delete|remove|close) )/iu;

/** Words of a user that leave the choice of something to whoever carries it out. */
export const LEAVES_CHOICE =
  /(?<![\p{L}])(?:choose|pick|select|which(?:ever)?|whatever|whoever|any (?:other|of|one)|another|otherwise|up to you|your (?:choice|call)|back-?up|alternative|cheapest|best)(?![\p{L}])/iu;

/** A part that begins with a yes and asks, or takes note. */
export const YES_THEN_OTHER =
  /^(?:yes|yeah|yep|ok|okay|sure|right|fine|alright|all right)\s+(?:(?:(?:so|but|and)\s+)*(?:(?:who|what|when|where|which|why|how)(?![\p{L}'’])|(?:(?:do|are)\s+(?:i|you|we|they)|(?:is|does|did|can|could|would|will)\s+(?:i|you|we|they|he|she|it|there))(?![\p{L}'’]))|(?:i see|i understand|understood|noted|got it)$)/iu;

/** An order by a pronoun that takes something away: whether it means what was proposed, only the proposal shows. */
export const TAKES_AWAY =
  /^[\s\p{P}]*(?:(?:please|just|then|so|ok|okay|fine)[\s,]+)*(cancel|delete|remove|return|close|drop|stop)\s+(?:it|that|this|them|these|those|both)(?![\p{L}])/iu;

/** Words of a clause that leave out what it names. */
export const LEAVES_OUT =
  /(?<![\p{L}])(?:no|not|\p{L}+n['’]t|never|keep|except|leave|skip|hold|without|unsure|exclud\p{L}+)(?![\p{L}])/iu;
