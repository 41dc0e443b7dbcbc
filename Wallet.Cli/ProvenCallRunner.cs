using EnergyChain.Client.Light;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Execution;
using EnergyChain.Vm;

namespace EnergyChain.Wallet.Cli;

/// <summary>
/// Runs calls in this process, on proven state alone, as the first of the proven block. Not thread-safe.
/// </summary>
internal sealed class ProvenCallRunner : ICallRunner
{
    private readonly EvmMachine _machine = new(CodeEngine.Interpreter);

    public CallResult Run(
        Client.Model.CallMessage message,
        StateWitness witness,
        ChainParameters parameters,
        IReadOnlyDictionary<Hash32, ReadOnlyMemory<byte>> code)
    {
        BlockHeader header = witness.Header.Header;
        BlockEnvironment block = BlockProcessor.EnvironmentOf(header, parameters, new ParentHashOnly(header));
        ulong gasLimit = Math.Min(
            message.GasLimit?.Value ?? ulong.MaxValue, parameters.TransactionGasLimit.Value);
        Vm.CallMessage outermost = new(message.From, message.To, message.Value, message.Data, gasLimit);
        ExecutionResult? result = ReadOnlyCall.Run(
            _machine, block, parameters.GasPrice, outermost, new WitnessState(witness, code), hashSeed: 0);
        if (result is null)
        {
            return new CallResult(
                false, ReadOnlyMemory<byte>.Empty, new Gas(gasLimit), nameof(ExecutionStatus.OutOfGas));
        }

        ulong gasUsed = IntrinsicGas.Of(message.Data.Span, message.To is null) + result.GasUsed;
        return new CallResult(result.IsSuccess, result.ReturnData, new Gas(gasUsed), FailureOf(result));
    }

    private static string FailureOf(ExecutionResult result)
    {
        if (result.IsSuccess)
        {
            return "";
        }

        return result.ReturnData.Length > 0
            ? ContractErrors.Describe(result.ReturnData.Span)
            : result.Status.ToString();
    }

    // The parent's hash stands in the header; those before it would each need a header of their own.
    private sealed class ParentHashOnly(BlockHeader header) : IBlockHashes
    {
        public Hash32 GetBlockHash(Height height) => height == header.Height.Previous
            ? header.ParentHash
            : throw new UnprovableException(
                $"This cannot be proven. The call looks at the hash of block {height}, which is not in the proof.");
    }
}
