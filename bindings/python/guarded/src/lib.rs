//! The attribute `#[guarded]`: what Python can call lets no panic out.
//!
//! pyo3 turns a panic into `PanicException`, which is no `Exception`, so that a caller's `except Exception`
//! lets it pass and a service goes down with it. A function under `#[guarded]` runs its body behind
//! `crate::boundary`, which makes of a panic the error of this library for its own faults. The attribute stands
//! above `#[pymethods]` or `#[pyfunction]`, so that pyo3 sees the guarded function:
//!
//! ```text
//! #[guarded]                             impl Pack {
//! #[pymethods]                               #[getter]
//! impl Pack {                                fn id(&self) -> PyResult<&str> {
//!     #[getter]                    =>            crate::boundary::plain(move || -> &str {
//!     fn id(&self) -> &str {                         self.inner.id()
//!         self.inner.id()                        })
//!     }                                      }
//! }                                      }
//! ```
//!
//! A function that returns a `Result` keeps its type. Arguments that are text or paths are read by `crate::text`,
//! which refuses half a character by an error of this library, where pyo3 has a `UnicodeEncodeError`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Block, FnArg, ImplItem, Item, Path, ReturnType, Signature, Type, parse_quote};

/// Guards a function, or every function of an `impl` block.
#[proc_macro_attribute]
pub fn guarded(
    _: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    syn::parse(item).and_then(of_item).unwrap_or_else(|e| e.into_compile_error()).into()
}

fn of_item(mut item: Item) -> syn::Result<TokenStream> {
    match &mut item {
        Item::Fn(function) => guard(&mut function.sig, &mut function.block),
        Item::Impl(block) => {
            for member in &mut block.items {
                if let ImplItem::Fn(function) = member {
                    guard(&mut function.sig, &mut function.block);
                }
            }
        }
        other => {
            return Err(syn::Error::new_spanned(other, "a function or an impl block is guarded"));
        }
    }
    Ok(item.into_token_stream())
}

/// Puts the body behind the border, and says how arguments are read.
fn guard(signature: &mut Signature, body: &mut Block) {
    for argument in &mut signature.inputs {
        if let FnArg::Typed(argument) = argument
            && let Some(reader) = reader(&argument.ty)
        {
            argument.attrs.push(parse_quote!(#[pyo3(from_py_with = #reader)]));
        }
    }
    let found: Type = match &signature.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, found) => Type::clone(found),
    };
    if is_result(&found) {
        *body = parse_quote!({ crate::boundary::run(move || -> #found #body) });
    } else {
        signature.output = parse_quote!(-> ::pyo3::PyResult<#found>);
        *body = parse_quote!({ crate::boundary::plain(move || -> #found #body) });
    }
}

/// Returns the function that reads an argument of this type, where it is a text or a path.
fn reader(found: &Type) -> Option<Path> {
    match found.to_token_stream().to_string().replace(' ', "").as_str() {
        "&str" => Some(parse_quote!(crate::text::argument)),
        "Option<&str>" => Some(parse_quote!(crate::text::optional)),
        "PathBuf" => Some(parse_quote!(crate::text::path)),
        _ => None,
    }
}

/// Returns whether a type is written as a result: `Result<T>` or `PyResult<T>`.
fn is_result(found: &Type) -> bool {
    match found {
        Type::Path(found) => {
            let last = found.path.segments.last().map(|segment| &segment.ident);
            last.is_some_and(|name| name == "Result" || name == "PyResult")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Item, of_item};

    fn guarded(item: proc_macro2::TokenStream) -> String {
        let item: syn::Result<Item> = syn::parse2(item);
        let made = item.and_then(of_item).unwrap_or_else(|e| e.into_compile_error()).to_string();
        // A closure without arguments is written in two tokens or in one.
        made.replace("| |", "||")
    }

    #[test]
    fn a_value_becomes_a_result() {
        let made = guarded(quote! {
            #[pymethods]
            impl Pack {
                #[getter]
                fn id(&self) -> &str { self.inner.id() }
            }
        });
        let want = quote! {
            #[pymethods]
            impl Pack {
                #[getter]
                fn id(&self) -> ::pyo3::PyResult<&str> {
                    crate::boundary::plain(move || -> &str { self.inner.id() })
                }
            }
        };
        assert_eq!(made, want.to_string());
    }

    #[test]
    fn a_result_stays_what_it_is() {
        for result in [quote!(Result<u8>), quote!(PyResult<u8>), quote!(pyo3::PyResult<u8>)] {
            let made = guarded(quote!(fn f() -> #result { Ok(1) }));
            let want = quote! {
                fn f() -> #result { crate::boundary::run(move || -> #result { Ok(1) }) }
            };
            assert_eq!(made, want.to_string());
        }
    }

    #[test]
    fn texts_and_paths_are_read_by_the_library() {
        let made = guarded(quote!(
            fn f(a: &str, b: Option<&str>, c: PathBuf, d: u8) -> R {
                a
            }
        ));
        let want = quote! {
            fn f(
                #[pyo3(from_py_with = crate::text::argument)] a: &str,
                #[pyo3(from_py_with = crate::text::optional)] b: Option<&str>,
                #[pyo3(from_py_with = crate::text::path)] c: PathBuf,
                d: u8
            ) -> ::pyo3::PyResult<R> {
                crate::boundary::plain(move || -> R { a })
            }
        };
        assert_eq!(made, want.to_string());
    }

    #[test]
    fn nothing_else_is_guarded() {
        assert!(guarded(quote! { struct Pack; }).contains("compile_error"));
    }
}
