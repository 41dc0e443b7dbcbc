using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Interpreter;

/// <summary>
/// Analysed code by its hash. Two generations bound it: when the young one is full it becomes the old one, and what
/// was not used since is gone.
/// </summary>
/// <param name="engine">What runs the codes.</param>
internal sealed class CodeCache(CodeEngine engine)
{
    private Dictionary<Hash32, ContractCode> _young = [];
    private Dictionary<Hash32, ContractCode> _old = [];
    private long _youngBytes;

    public ContractCode Get(Hash32 codeHash, StateOverlay state)
    {
        if (codeHash == AccountState.EmptyCodeHash)
        {
            return ContractCode.Empty;
        }

        if (_young.TryGetValue(codeHash, out ContractCode? code))
        {
            return code;
        }

        if (!_old.TryGetValue(codeHash, out code))
        {
            code = new ContractCode(state.GetCode(codeHash).Span, engine);
        }

        if (_youngBytes + code.Padded.Length > VmLimits.CodeCacheBytes)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _youngBytes = 0;
        }

        _young.Add(codeHash, code);
        _youngBytes += code.Padded.Length;
        return code;
    }
}
