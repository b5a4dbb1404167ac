import type { Bilingual } from '../domain/bilingual.ts';
import type { RefusalCode, RefusalReason } from '../domain/refusal.ts';

type Words = { [Code in RefusalCode]: (reason: Extract<RefusalReason, { code: Code }>) => Bilingual };

/** What each refusal says to a person: what is the matter and what to do. */
const WORDS: Words = {
  'gesture-reused': () => ({
    en: 'The gestureId of this request was used before for something else. Please give every request its own.',
    zh: '这次请求的 gestureId 已用于别的操作，请为每次请求使用新的编号。',
  }),
  'already-signed-in': ({ signedInAt }) => ({
    en: `Already signed in at ${signedInAt.slice(11, 16)}.`,
    zh: `已于 ${signedInAt.slice(11, 16)} 签到。`,
  }),
  'visits-overlap': ({ signedInAt, endedAt }) =>
    endedAt === null
      ? {
          en: `This person is there since ${shortTime(signedInAt)} in another sign-in that goes on. Please sign that one out, correct it or declare it void first.`,
          zh: `此人自 ${shortTime(signedInAt)} 起另有一条尚未签退的签到记录。请先将其签退、更正或作废。`,
        }
      : {
          en: `This person has another sign-in for that time, from ${shortTime(signedInAt)} to ${shortTime(endedAt)}. Please choose other times, or correct that one or declare it void first.`,
          zh: `此人在该时段另有一条签到记录（${shortTime(signedInAt)} 至 ${shortTime(endedAt)}）。请改填其他时间，或先更正、作废那一条。`,
        },
  'open-elsewhere': ({ title, signedInAt }) => ({
    en: `Signed in at "${title.en}" since ${signedInAt.slice(11, 16)}. Please sign out there first.`,
    zh: `已于 ${signedInAt.slice(11, 16)} 在“${title.zh}”签到。请先在那里签退。`,
  }),
  'activity-unknown': () => ({
    en: 'This activity does not exist (any more). Please go back and choose again.',
    zh: '没有这个活动，或已被删除。请返回重新选择。',
  }),
  'person-unknown': () => ({
    en: 'This person is not on the roster (any more). Please search again.',
    zh: '名册中没有此人，或已被删除。请重新查找。',
  }),
  'post-unknown': () => ({
    en: 'This post does not belong to the activity (any more). Please choose another post.',
    zh: '该活动没有这个岗位，或已被删除。请另选岗位。',
  }),
  'leader-unknown': ({ leaderId }) => ({
    en: `The leader ${leaderId} is not on the roster. Please add the person first.`,
    zh: `名册中没有班组长 ${leaderId}，请先添加此人。`,
  }),
  'visit-unknown': () => ({
    en: 'This sign-in does not exist. Please look it up again.',
    zh: '没有这条签到记录，请重新查找。',
  }),
  'visit-undone': ({ undoneAt }) => ({
    en: `This sign-in was already undone at ${undoneAt.slice(11, 16)}.`,
    zh: `这条签到已于 ${undoneAt.slice(11, 16)} 撤销。`,
  }),
  'undo-too-late': ({ seconds }) => ({
    en: `A sign-in can be undone here for ${seconds} seconds. Please ask the organiser to correct it.`,
    zh: `签到后 ${seconds} 秒内可在此撤销。请找组织者更正。`,
  }),
  'not-open': ({ opensAt, endsAt }) => ({
    en: `Sign-in is open from ${shortTime(opensAt)} to ${shortTime(endsAt)}. Please come back then, or ask the organiser.`,
    zh: `签到时间为 ${shortTime(opensAt)} 至 ${shortTime(endsAt)}。请届时再来，或找组织者。`,
  }),
  'not-eligible': () => ({
    en: 'This activity is for a certain group, and you are not on its list. Please ask the organiser.',
    zh: '本活动限定参加范围，您不在名单中。请找组织者。',
  }),
  'activity-full': ({ capacity }) => ({
    en: `All ${capacity} places of this activity are taken. Please ask the organiser.`,
    zh: `本活动名额 ${capacity} 人已满。请找组织者。`,
  }),
  'post-full': ({ name, limit }) => ({
    en: `${name.en} takes ${limit} people and is full. Please choose another post.`,
    zh: `${name.zh}限 ${limit} 人，已满。请另选岗位。`,
  }),
  'reason-missing': ({ name, limit }) => ({
    en: `${name.en} takes ${limit} people and is full. Please say why this post all the same, or choose another one.`,
    zh: `${name.zh}限 ${limit} 人，已满。请说明为何仍选此岗位，或另选岗位。`,
  }),
  'signed-out': ({ at }) => ({
    en: `Already signed out at ${at.slice(11, 16)}.`,
    zh: `已于 ${at.slice(11, 16)} 签退。`,
  }),
  'not-signed-out': () => ({
    en: 'This person has not signed out. Please look at the list again.',
    zh: '此人尚未签退，请重新查看列表。',
  }),
  'closed-already': ({ at }) => ({
    en: `The activity is over, so this visit would at once be ended as planned at ${at.slice(11, 16)} again. Please correct the sign-out instead: say when the person left.`,
    zh: `活动已结束，撤销后系统会立即再次按计划时间 ${at.slice(11, 16)} 签退。请改用“更正签退”，填写实际离开时间。`,
  }),
  'came-again': () => ({
    en: 'This person came again afterwards, so the earlier visit is over. Please look at the later one.',
    zh: '此人之后又签到过，之前的签到已结束。请查看后一条。',
  }),
  'corrected-by-staff': () => ({
    en: 'Staff corrected this sign-out, so only they may take that back. Please ask the organiser.',
    zh: '这次签退已由管理人员更正，只有管理人员可以撤销。请找组织者。',
  }),
  'not-planned': () => ({
    en: 'Only a sign-out that was entered by itself can be accepted. Please look at the list again.',
    zh: '只有系统按计划时间补记的签退才需要确认，请重新查看列表。',
  }),
  'not-vouched': () => ({
    en: 'This person signed in by themselves, so only staff may undo it. Please ask the organiser.',
    zh: '此人是自己签到的，只有管理人员可以撤销。请找组织者。',
  }),
  'not-your-post': ({ name }) => ({
    en: `Somebody else leads ${name.en}, so they call its roll. Please choose a post that you lead.`,
    zh: `${name.zh}由其他班组长负责点名。请选择自己负责的岗位。`,
  }),
  'not-your-call': () => ({
    en: 'Somebody else called this roll, so only they or staff may undo it. Please ask them.',
    zh: '这次点名由他人进行，只有本人或管理人员可以撤销。请与其联系。',
  }),
  'leave-in-past': () => ({
    en: 'That day is over, so only staff may change who was on leave. Please ask the organiser.',
    zh: '该日期已过，只有管理人员可以更改请假。请找组织者。',
  }),
  'nobody-there': () => ({
    en: 'Nobody is signed in any more, so there is nobody to sign out.',
    zh: '现场已无人在签到状态，无需签退。',
  }),
  'times-dropped': () => ({
    en: 'Only the date of this sign-in is kept any more, so it cannot be changed.',
    zh: '这条签到只保留了日期，不能再更改。',
  }),
  'left-before-arrival': ({ signedInAt }) => ({
    en: `The person came at ${signedInAt.slice(11, 16)}. Please enter a later time.`,
    zh: `此人 ${signedInAt.slice(11, 16)} 才签到，请填写之后的时间。`,
  }),
  'leave-unknown': () => ({
    en: 'This person is not on leave. Please look at the list again.',
    zh: '此人没有请假，请重新查看列表。',
  }),
  'badge-taken': ({ name }) => ({
    en: `This badge belongs to ${name}. Please take it from them first.`,
    zh: `此卡已属于${name}，请先解除绑定。`,
  }),
  'badge-unknown': () => ({
    en: 'This badge is not known yet. Please find your name instead; staff can link the badge to you.',
    zh: '这张卡尚未登记。请改用姓名签到，管理人员可为您绑定此卡。',
  }),
  'too-many-badges': ({ most }) => ({
    en: `A person can have ${most} badges. Please take the old ones away first.`,
    zh: `每人最多绑定 ${most} 张卡，请先解除旧卡。`,
  }),
  'guest-unknown': () => ({
    en: 'There is no such guest (any more). Please look at the list again.',
    zh: '没有这位来宾，或已被处理。请重新查看列表。',
  }),
  'guest-not-matched': () => ({
    en: 'This guest is not matched to anybody, or the name they wrote is not kept any more. Please look at the list again.',
    zh: '这位来宾没有对应到任何人员，或当时填写的姓名已不再保留。请重新查看列表。',
  }),
  'no-guests': () => ({
    en: 'This activity takes no guests at the gate. Please ask the organiser.',
    zh: '本活动不接受来宾自行签到。请找组织者。',
  }),
  'evidence-not-asked': () => ({
    en: 'This activity does not ask for that. You are signed in all the same.',
    zh: '本活动不需要此项。您已签到成功。',
  }),
  'evidence-there': () => ({
    en: 'That was added already. You are signed in; staff can change it.',
    zh: '此项已保存，您已签到成功。如需更改，请找管理人员。',
  }),
  'evidence-too-late': () => ({
    en: 'It is too late to add that here. You are signed in all the same.',
    zh: '已超过可补充的时间。您已签到成功。',
  }),
  'slogan-unknown': () => ({
    en: 'This slogan does not exist (any more). Please save it as a new one.',
    zh: '没有这条标语，或已被删除。请作为新标语保存。',
  }),
  'album-unknown': () => ({
    en: 'This album does not exist (any more). Please reload the list.',
    zh: '没有这个相册，或已被删除。请刷新列表。',
  }),
  'album-name-taken': ({ name }) => ({
    en: `There is an album "${name}" already. Please choose another name.`,
    zh: `已有名为“${name}”的相册，请换一个名称。`,
  }),
  'show-unknown': () => ({
    en: 'This show does not exist (any more). Please reload the list.',
    zh: '没有这个放映，或已被删除。请刷新列表。',
  }),
  'photo-unknown': () => ({
    en: 'This photo does not exist (any more). Please reload the list.',
    zh: '没有这张照片，或已被删除。请刷新列表。',
  }),
  'not-taken-down': () => ({
    en: 'This photo was hidden by somebody else. Please ask staff to show it again.',
    zh: '这张照片是由他人隐藏的，请联系工作人员恢复显示。',
  }),
  'put-back-too-late': ({ seconds }) => ({
    en: `More than ${seconds} seconds have passed. Please ask staff to show the photo again.`,
    zh: `已超过 ${seconds} 秒，请联系工作人员恢复显示这张照片。`,
  }),
  'category-unknown': ({ categoryId }) => ({
    en: `There is no category "${categoryId}". Please choose one from the list.`,
    zh: `没有“${categoryId}”这个类别，请从列表中选择。`,
  }),
  'staff-number-taken': ({ staffNo, name }) => ({
    en: `Staff number ${staffNo} belongs to ${name}. Please check the number.`,
    zh: `工号 ${staffNo} 已属于 ${name}，请核对。`,
  }),
  'times-in-wrong-order': () => ({
    en: 'The activity ends before it starts. Please correct the times.',
    zh: '活动的结束时间早于开始时间，请更正。',
  }),
  'nobody-eligible': () => ({
    en: 'Only who is expected by name may come, but nobody is named, so everybody would be turned away. Please name who is expected, tick a category or a team, or let everybody come.',
    zh: '仅限指定的应到人员参加，但没有指定任何人，所有人都将无法签到。请指定应到人员，或勾选类别、班组，或允许所有人参加。',
  }),
  'post-twice': ({ postId }) => ({
    en: `Two posts have the same id ${postId}. Please give each its own, or none.`,
    zh: `有两个岗位的编号都是 ${postId}，请分别编号或不填。`,
  }),
  'post-has-visits': ({ postId, name }) => ({
    en: `People have signed in to the post ${name.en}, so it cannot be left out. Please keep it with its postId ${postId}.`,
    zh: `已有人在${name.zh}岗位签到，不能去掉该岗位。请保留它及其 postId（${postId}）。`,
  }),
  'activity-has-visits': ({ visits }) => ({
    en: `People have signed in to this activity (${visits} sign-ins), so it stays as history. Only an activity without sign-ins can be removed.`,
    zh: `该活动已有 ${visits} 条签到记录，作为历史保留，不能删除。只有没有签到的活动才能删除。`,
  }),
  'schedule-kind-fixed': ({ visits }) => ({
    en: `People have signed in already (${visits}), so it cannot change between once and every day. Please set up a new activity instead.`,
    zh: `该活动已有 ${visits} 条签到记录，不能在“一次”与“每天”之间更改。请另建一个活动。`,
  }),
  'date-fixed': ({ visits, date }) => ({
    en: `People have signed in for ${date} already (${visits}), so the activity stays on that day. For another day, please set up a new activity like this one.`,
    zh: `该活动已有 ${visits} 条 ${date} 的签到记录，不能改到别的日期。如需另一天举办，请按此活动新建一个。`,
  }),
  'time-outside-activity': ({ from, to }) => ({
    en: `The activity goes from ${shortTime(from)} to ${shortTime(to)}. Please check the day and the time.`,
    zh: `活动时间为 ${shortTime(from)} 至 ${shortTime(to)}，请核对日期和时间。`,
  }),
  'time-in-future': ({ at }) => ({
    en: `The time ${at.slice(11, 16)} is still to come. Please enter when the person arrived.`,
    zh: `${at.slice(11, 16)} 还没有到，请填写到场时间。`,
  }),
  'sample-present': () => ({
    en: 'The sample is here already.',
    zh: '示例数据已经存在。',
  }),
  'sample-absent': () => ({
    en: 'There is no sample to remove.',
    zh: '没有可移除的示例数据。',
  }),
  'jump-unknown': () => ({
    en: 'There is no such jump of the clock. Please look at the list again.',
    zh: '没有这次时钟跳变，请重新查看列表。',
  }),
  'jump-settled': () => ({
    en: 'This jump of the clock is settled already. Please look at the list again.',
    zh: '这次时钟跳变已处理，请重新查看列表。',
  }),
  'jump-size-unknown': () => ({
    en: 'Nobody knows by how much the clock was off before this start, so nothing can be put right by it. Please check the clock and answer that it is right now.',
    zh: '无法得知本次启动之前时钟偏差多少，因此不能据此更正。请核对时钟，并选择“现在的时间正确”。',
  }),
  'clock-in-doubt': () => ({
    en: 'The clock has jumped and nobody has said which time is right, so dates may be wrong and nothing is dropped by date. Please settle the jump first.',
    zh: '时钟发生过跳变，尚未确认哪个时间正确，日期可能有误，因此不按日期清除。请先处理时钟跳变。',
  }),
  'date-in-future': ({ date }) => ({
    en: `${date} is still to come. Please choose today or an earlier day.`,
    zh: `${date} 还没有到，请选择今天或更早的日期。`,
  }),
};

/** "2026-11-22 18:00". */
function shortTime(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

/** The words for one refusal. */
export function refusalWords<Code extends RefusalCode>(
  reason: Extract<RefusalReason, { code: Code }>,
): Bilingual {
  return (WORDS[reason.code as Code] as (reason: RefusalReason) => Bilingual)(reason);
}
