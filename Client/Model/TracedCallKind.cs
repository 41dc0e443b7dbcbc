namespace EnergyChain.Client.Model;

/// <summary>How code was entered.</summary>
public enum TracedCallKind
{
    /// <summary>A kind that this client does not know.</summary>
    Unspecified,
    Call,

    /// <summary>Another's code on the caller's storage, with the caller as sender.</summary>
    CallCode,

    /// <summary>Another's code on the caller's storage, with sender and value of the caller.</summary>
    DelegateCall,

    /// <summary>A call that may change nothing.</summary>
    StaticCall,
    Create,
    Create2,

    /// <summary>No call: the code that ran ended itself and gave the coin of its account away.</summary>
    Selfdestruct,
}
