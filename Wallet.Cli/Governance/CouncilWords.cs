using System.Globalization;
using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Governance;

/// <summary>Proposals, parameters and obstacles in words.</summary>
internal static class CouncilWords
{
    private const ulong TransferGas = 21_000;

    public static readonly IReadOnlyList<(CouncilParameter Parameter, string Name)> ParameterNames =
    [
        (CouncilParameter.BlockIntervalMs, "block-interval-ms"),
        (CouncilParameter.BlockGasLimit, "block-gas-limit"),
        (CouncilParameter.TransactionGasLimit, "transaction-gas-limit"),
        (CouncilParameter.GasPrice, "gas-price"),
        (CouncilParameter.EpochBlocks, "epoch-blocks"),
    ];

    public static string NameOf(CouncilParameter parameter) =>
        ParameterNames.FirstOrDefault(named => named.Parameter == parameter).Name ?? "?";

    /// <summary>A parameter by its name here or by that of genesis.json, in any case.</summary>
    public static CouncilParameter ParseParameter(string text)
    {
        string plain = text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return Enum.TryParse(plain, ignoreCase: true, out CouncilParameter parameter) && Enum.IsDefined(parameter)
            && !char.IsAsciiDigit(plain[0])
            ? parameter
            : throw new WalletException(
                ExitCode.Usage,
                $"'{text}' is no parameter: use {string.Join(", ", ParameterNames.Select(named => named.Name))}.");
    }

    /// <summary>A whole number in the parameter's unit.</summary>
    public static UInt256 ParseValue(string text)
    {
        bool isNumber = text.Length is > 0 and <= 78 && text.All(char.IsAsciiDigit);
        return isNumber && BigInteger.Parse(text, CultureInfo.InvariantCulture) is var number
            && number.GetBitLength() <= 256
            ? UInt256.FromBigInteger(number)
            : throw new WalletException(
                ExitCode.Usage,
                $"'{text}' is no value: write a whole number of milliseconds, gas, base units per gas, or blocks.");
    }

    public static string NameOf(ErasureGround ground) => ground.ToString().ToLowerInvariant();

    public static ErasureGround ParseGround(string text) =>
        Enum.TryParse(text, ignoreCase: true, out ErasureGround ground) && ground != ErasureGround.None
            && Enum.IsDefined(ground) && !char.IsAsciiDigit(text[0])
            ? ground
            : throw new WalletException(
                ExitCode.Usage,
                $"'{text}' is no ground: use "
                    + $"{string.Join(", ", Enum.GetValues<ErasureGround>().Skip(1).Select(NameOf))}.");

    public static string Value(CouncilParameter parameter, UInt256 value) => parameter switch
    {
        CouncilParameter.BlockIntervalMs => $"{value} ms",
        CouncilParameter.GasPrice when value <= ParameterLimits.MaxGasPrice =>
            $"{value} base units per gas (a transfer costs {View.Coin(value * TransferGas)})",
        CouncilParameter.GasPrice => $"{value} base units per gas",
        CouncilParameter.EpochBlocks => $"{value} blocks",
        _ => $"{value} gas",
    };

    public static string What(CouncilProposal proposal) => proposal.Kind switch
    {
        ProposalKind.Add => $"add {proposal.Key}",
        ProposalKind.Remove => $"remove {proposal.Key}",
        ProposalKind.Reinstate => $"reinstate {proposal.Key}",
        ProposalKind.EraseRecord => $"erase {proposal.Record} ({NameOf(proposal.Ground)})",
        _ => $"set {NameOf(proposal.Parameter)} to {proposal.Value}",
    };

    public static string Obstacle(ProposalObstacle obstacle) => obstacle switch
    {
        ProposalObstacle.None => "",
        ProposalObstacle.CouncilFull => $"the council has {CouncilLimits.MaxMembers} members already",
        ProposalObstacle.AlreadyMember => "the key is a member's already",
        ProposalObstacle.UnknownMember => "the key is no member's any more",
        ProposalObstacle.NotSuspended => "the member is not suspended any more",
        ProposalObstacle.LastActiveMember => "it is the last active member",
        _ => "a transaction's gas limit would exceed a block's; change the other one first",
    };

    /// <summary>What is missing, and when it takes effect.</summary>
    public static string Outlook(CouncilProposal proposal, CouncilSchedule schedule)
    {
        if (proposal.State != ProposalState.Open)
        {
            return proposal.State switch
            {
                ProposalState.Applied =>
                    $"applied at height {proposal.ClosedAt}, {Force(proposal, proposal.ClosedAt)}",
                ProposalState.Expired => $"expired: it was open until height {proposal.ExpiresAt}",
                _ when proposal.Kind == ProposalKind.Reinstate =>
                    "abandoned: nobody approves it any more, or the member was removed",
                _ => "abandoned: nobody approves it any more",
            };
        }

        Height epoch = schedule.EpochAfter(schedule.Head);
        if (epoch.Value > proposal.ExpiresAt.Value)
        {
            return $"lost: it ends at height {proposal.ExpiresAt}, before the next epoch at {epoch}";
        }

        string effect = $"applied at height {epoch} (about {View.Time(schedule.TimeOf(epoch))}), "
            + Force(proposal, epoch);
        if (!proposal.IsAccepted)
        {
            int missing = proposal.Needed - proposal.Approvals;
            return $"{missing} more approval{(missing == 1 ? "" : "s")} needed; with {(missing == 1 ? "it" : "them")} "
                + effect;
        }

        return proposal.Obstacle == ProposalObstacle.None
            ? "accepted: " + effect
            : $"accepted, but {Obstacle(proposal.Obstacle)}: it waits until height {proposal.ExpiresAt}";
    }

    // What an epoch erases is refused from its own block on.
    private static string Force(CouncilProposal proposal, Height epoch) => proposal.Kind == ProposalKind.EraseRecord
        ? "for good from there"
        : $"in force from {CouncilSchedule.InForceFrom(epoch)}";
}
