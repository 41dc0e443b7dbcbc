using EnergyChain.Client;
using EnergyChain.Client.Keys;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Governance;

/// <summary>Proposes, approves and withdraws for the member whose node key is in use.</summary>
internal sealed class CouncilDesk(WalletContext context)
{
    /// <summary>
    /// How long a proposal is open behind the next epoch unless the user says otherwise: a week of 1 s.
    /// </summary>
    public const ulong DefaultBlocks = 604_800;

    private readonly CouncilReader _council = new(context.Node);
    private readonly CouncilViews _views = new(context);

    public async Task<Report> ProposeAddAsync(string keyText, ulong? blocks, CancellationToken cancellationToken)
    {
        PublicKey key = ParseKey(keyText) ?? throw new WalletException(
            ExitCode.Usage,
            $"'{keyText}' is no key: give 0x and the 64 hex digits of the new node's public key, or a key of yours.");
        if (!Ed25519Points.CanBeKey(key))
        {
            throw new WalletException(
                ExitCode.Usage,
                $"{key} is nobody's public key: no signature could ever verify for it. Look for a typo.");
        }

        ulong open = await OpenForAsync(blocks, cancellationToken);
        return await ProposeAsync(CouncilContract.ProposeAdd(key, open), $"add {key}", key, open, cancellationToken);
    }

    public async Task<Report> ProposeRemoveAsync(string member, ulong? blocks, CancellationToken cancellationToken)
    {
        PublicKey key = await FindMemberAsync(member, cancellationToken);
        ulong open = await OpenForAsync(blocks, cancellationToken);
        return await ProposeAsync(
            CouncilContract.ProposeRemove(key, open), $"remove {key}", key, open, cancellationToken);
    }

    public async Task<Report> ProposeReinstateAsync(string member, ulong? blocks, CancellationToken cancellationToken)
    {
        PublicKey key = await FindMemberAsync(member, cancellationToken);
        ulong open = await OpenForAsync(blocks, cancellationToken);
        return await ProposeAsync(
            CouncilContract.ProposeReinstate(key, open), $"reinstate {key}", key, open, cancellationToken);
    }

    public async Task<Report> ProposeParameterAsync(
        string name, string valueText, ulong? blocks, CancellationToken cancellationToken)
    {
        CouncilParameter parameter = CouncilWords.ParseParameter(name);
        UInt256 value = CouncilWords.ParseValue(valueText);
        ulong open = await OpenForAsync(blocks, cancellationToken);
        return await ProposeAsync(
            CouncilContract.ProposeParameter(parameter, value, open),
            $"set {CouncilWords.NameOf(parameter)} to {CouncilWords.Value(parameter, value)}",
            null,
            open,
            cancellationToken);
    }

    /// <summary>
    /// Asks before it sends: what is erased cannot be brought back. The node need not know the transaction.
    /// </summary>
    public async Task<Report> ProposeEraseAsync(
        string transaction, string groundText, ulong? blocks, CancellationToken cancellationToken)
    {
        if (!Hash32.TryParse(transaction, out Hash32 id) || id.IsZero)
        {
            throw new WalletException(
                ExitCode.Usage, $"'{transaction}' is no transaction id: it has 0x and 64 hex digits.");
        }

        ErasureGround ground = CouncilWords.ParseGround(groundText);
        ulong open = await OpenForAsync(blocks, cancellationToken);
        return await ProposeAsync(
            CouncilContract.ProposeErase(id, ground, open),
            $"erase {id} ({CouncilWords.NameOf(ground)}), which is final",
            null,
            open,
            cancellationToken);
    }

    public Task<Report> ApproveAsync(ulong id, CancellationToken cancellationToken) =>
        VoteAsync(id, "approve", CouncilContract.Approve(id), "Approved", cancellationToken);

    public Task<Report> WithdrawAsync(ulong id, CancellationToken cancellationToken) =>
        VoteAsync(id, "withdraw from", CouncilContract.Withdraw(id), "Withdrew from", cancellationToken);

    private async Task<Report> ProposeAsync(
        byte[] call, string what, PublicKey? key, ulong blocks, CancellationToken cancellationToken)
    {
        List<(string, string)> facts = [("propose to", what), ("open for", $"{blocks} blocks")];
        if (key is { } member)
        {
            facts.Insert(1, ("account", member.ToAddress().ToString()));
        }

        SentTransaction sent = await SendAsync(call, [.. facts], cancellationToken);
        ulong? id = sent.Receipt is { } receipt && CouncilContract.TryDecodeId(receipt.Output.Span, out ulong given)
            ? given
            : null;
        string outlook = id is { } known ? await OutlookAsync(known, cancellationToken) : "";
        return SentReport.Of(
            sent,
            new { ProposalId = id, What = what, Outlook = outlook.Length == 0 ? null : outlook },
            $"Proposed{(id is { } number ? $" as {View.Number(number)}" : "")}: {what}{Behind(outlook)}");
    }

    private async Task<Report> VoteAsync(
        ulong id, string act, byte[] call, string done, CancellationToken cancellationToken)
    {
        CouncilProposal proposal = await _council.FindProposalAsync(id, cancellationToken)
            ?? throw new WalletException(ExitCode.Refused, CouncilRefusals.Unknown(id));
        string what = CouncilWords.What(proposal);
        SentTransaction sent = await SendAsync(
            call,
            [
                (act, $"proposal {id}: {what}"),
                ("approvals now", $"{proposal.Approvals} of {proposal.Needed} needed"),
                ("open until", $"height {proposal.ExpiresAt}"),
            ],
            cancellationToken);
        string outlook = sent.Receipt is null ? "" : await OutlookAsync(id, cancellationToken);
        return SentReport.Of(
            sent,
            new { ProposalId = id, What = what, Outlook = outlook.Length == 0 ? null : outlook },
            $"{done} proposal {id}: {what}{Behind(outlook)}");
    }

    private static string Behind(string outlook) => outlook.Length == 0 ? "" : $". Now {outlook}";

    private async Task<SentTransaction> SendAsync(
        byte[] call, (string, string)[] facts, CancellationToken cancellationToken)
    {
        TransactionDraft draft = new() { To = CouncilContract.Address, Data = call };
        try
        {
            return await new TransactionSender(context).SendAsync(draft, facts, cancellationToken);
        }
        catch (CallRevertedException refusal) when (CouncilRefusals.Describe(refusal.Output.Span) is { } sentence)
        {
            throw new WalletException(ExitCode.Reverted, sentence + " Nothing was sent.");
        }
    }

    private async Task<string> OutlookAsync(ulong id, CancellationToken cancellationToken)
    {
        CouncilProposal? proposal = await _council.FindProposalAsync(id, cancellationToken);
        return proposal is null
            ? ""
            : CouncilWords.Outlook(proposal, await _views.ScheduleAsync(cancellationToken));
    }

    // The transaction lands a few blocks later; a proposal that is to be open for long does not notice.
    private async Task<ulong> OpenForAsync(ulong? blocks, CancellationToken cancellationToken)
    {
        if (blocks is { } named)
        {
            return named;
        }

        CouncilSchedule schedule = await _views.ScheduleAsync(cancellationToken);
        return schedule.EpochAfter(schedule.Head.Next).Value - schedule.Head.Value + DefaultBlocks;
    }

    private PublicKey? ParseKey(string text)
    {
        if (PublicKey.TryParse(text, out PublicKey key))
        {
            return key;
        }

        KeyDescription? own = context.Keystore.List().Keys.FirstOrDefault(known => known.Name == text);
        return own?.PublicKey;
    }

    // By key, or by whatever names its account.
    private async Task<PublicKey> FindMemberAsync(string text, CancellationToken cancellationToken)
    {
        if (PublicKey.TryParse(text, out PublicKey key))
        {
            return key;
        }

        Address account = context.Resolve(text);
        IReadOnlyList<CouncilSeat> members = await _council.GetMembersAsync(cancellationToken);
        return members.FirstOrDefault(member => member.Account == account)?.Key
            ?? throw new WalletException(ExitCode.Refused, $"{account} is no member of the council.");
    }
}
