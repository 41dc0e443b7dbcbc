using EnergyChain.Contracts;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Reads the request of a call and tells how it failed.</summary>
internal static class CallAnswer
{
    /// <summary>The request, its gas within what the API and the chain allow.</summary>
    public static CallRequest Read(Proto.CallRequest request, ChainParameters parameters)
    {
        if (request.Data.Length > Limits.MaxTransactionDataBytes)
        {
            throw ApiError.Invalid(
                "data", $"{request.Data.Length} bytes; at most {Limits.MaxTransactionDataBytes} are taken.");
        }

        ulong limit = Math.Min(parameters.TransactionGasLimit.Value, ApiLimits.MaxCallGas);
        return new CallRequest(
            RequestFields.OptionalAddress("from", request.From) ?? Address.Zero,
            RequestFields.OptionalAddress("to", request.To),
            RequestFields.Amount("value", request.Value),
            request.Data.Memory,
            new Gas(request.GasLimit == 0 ? limit : Math.Min(request.GasLimit, limit)));
    }

    public static void RequireRun(CallOutcome outcome)
    {
        if (outcome is { Succeeded: false, Failure: CallOutcome.Busy })
        {
            throw ApiError.Unavailable("Blocks came faster than the call could run; ask again, or for less.");
        }
    }

    public static string FailureOf(CallOutcome outcome)
    {
        if (outcome.Succeeded)
        {
            return "";
        }

        return outcome.Output.Length > 0 ? ContractErrors.Describe(outcome.Output.Span) : outcome.Failure;
    }
}
